namespace FanOut.Engine.Targets;

/// <summary>A cache denies the user, the password or the command. Sending again cannot help before somebody changes one of them.</summary>
/// <param name="message">Which server denied whom, and what to do. It never holds the password.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class CacheAccessDeniedException(string message, Exception? inner = null) : Exception(message, inner);
