using System.Net;
using Amazon.Runtime;
using CodeInterpreter.FileStore.Files;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>Distinguishes failures of the object store and the network from mistakes in the program.</summary>
internal static class S3Failure
{
    /// <summary>Awaits a call; what fails there is reported as the port says.</summary>
    public static async Task<T> OrUnavailableAsync<T>(this Task<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call;
        }
        catch (Exception exception) when (Is(exception, cancellationToken))
        {
            throw From(exception);
        }
    }

    // A call that takes too long is cancelled by the client, which is not the caller's doing.
    public static bool Is(Exception exception, CancellationToken cancellationToken) =>
        exception switch
        {
            AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException => true,
            OperationCanceledException => !cancellationToken.IsCancellationRequested,
            _ => false,
        };

    public static bool IsNotFound(AmazonServiceException exception) => exception.StatusCode == HttpStatusCode.NotFound;

    /// <summary>Whether the store answered that it will not do it, now or later.</summary>
    public static bool IsRefusal(AmazonServiceException exception) =>
        exception.StatusCode
            is HttpStatusCode.BadRequest
                or HttpStatusCode.Unauthorized
                or HttpStatusCode.Forbidden
                or HttpStatusCode.NotFound
                or HttpStatusCode.MovedPermanently
                or HttpStatusCode.TemporaryRedirect;

    public static FileStoreException From(Exception exception) =>
        exception is AmazonServiceException { StatusCode: HttpStatusCode.InsufficientStorage }
            ? FileStoreException.StorageFull("object store", exception)
            : FileStoreException.Unavailable("object store", exception);
}
