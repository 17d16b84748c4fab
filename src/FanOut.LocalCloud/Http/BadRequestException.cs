namespace FanOut.LocalCloud.Http;

/// <summary>The bytes that came are not HTTP/1.1 as this server understands it; the connection cannot go on.</summary>
internal sealed class BadRequestException(int status, string message) : Exception(message)
{
    /// <summary>The status to answer before closing.</summary>
    public int Status { get; } = status;
}
