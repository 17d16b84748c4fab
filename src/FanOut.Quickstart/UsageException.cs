namespace FanOut.Quickstart;

/// <summary>The command line or the input cannot be used.</summary>
internal sealed class UsageException(string message) : Exception(message);
