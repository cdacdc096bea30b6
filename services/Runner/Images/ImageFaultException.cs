namespace CodeInterpreter.Runner.Images;

/// <summary>An image is not one that sandboxes can be made of. The message goes on where "The sandbox image 'name'" begins.</summary>
internal sealed class ImageFaultException(string message) : Exception(message);
