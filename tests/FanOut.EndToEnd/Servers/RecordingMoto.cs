namespace FanOut.EndToEnd.Servers;

/// <summary>A moto whose recording may be read: only tests of the collection of this name use it, one after the other.</summary>
/// <remarks>moto writes concurrent requests into each other's lines, so the shared server's recording would now and then be torn.</remarks>
public sealed class RecordingMoto : IAsyncDisposable
{
    /// <summary>The server; started by the first test of the collection that asks for it.</summary>
    public MotoServer Server { get; } = new();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
