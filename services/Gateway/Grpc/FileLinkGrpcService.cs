using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Files.Links;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;
using FileLink = CodeInterpreter.Files.V1.FileLink;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>Creates links to files over gRPC. The links themselves use HTTP.</summary>
internal sealed class FileLinkGrpcService(FileLinks links, IOptions<FileLinkOptions> options) : FileLinkService.FileLinkServiceBase
{
    public override async Task<FileLink> CreateLink(CreateLinkRequest request, ServerCallContext context)
    {
        var link = await links.CreateAsync(request.UserId, request.FileId, request.TtlSeconds, context.CancellationToken);
        return new FileLink { Url = link.UrlAt(options.Value.BaseAddress), ExpiresAt = link.ExpiresAt.ToTimestamp() };
    }
}
