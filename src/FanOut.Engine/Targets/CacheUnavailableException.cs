namespace FanOut.Engine.Targets;

/// <summary>A cache could not be reached, or what answered is not a cache; it is not known which entries were taken. Sending them again may help.</summary>
/// <param name="message">What failed, at which server, and what to do.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class CacheUnavailableException(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Whether no connection could be made, so that nothing was sent. Default: false, the connection broke.</summary>
    public bool IsUnreachable { get; init; }
}
