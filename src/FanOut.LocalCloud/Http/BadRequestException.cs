namespace FanOut.LocalCloud.Http;

/// <summary>What came over the wire is not HTTP/1.1 as this server understands it; the connection cannot go on.</summary>
internal sealed class BadRequestException(int status, string message) : Exception(message)
{
    /// <summary>The status to answer before closing.</summary>
    public int Status { get; } = status;
}
