namespace FanOut.Help;

/// <summary>The command line cannot be used.</summary>
internal sealed class UsageException(string message) : Exception(message);
