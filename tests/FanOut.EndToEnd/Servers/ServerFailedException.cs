namespace FanOut.EndToEnd.Servers;

/// <summary>A server program ended, or never listened, before the tests could use it.</summary>
public sealed class ServerFailedException(string message, string output) : Exception($"{message}\n{output}")
{
    /// <summary>The last lines the program wrote.</summary>
    public string Output { get; } = output;
}
