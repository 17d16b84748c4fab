using FanOut.Engine.Templates;

namespace FanOut.Engine.Transform;

/// <summary>An image of one item at a time as plain JSON, for the templates whose paths lead into it.</summary>
/// <param name="source">Which image it is.</param>
/// <param name="paths">The paths.</param>
internal sealed class PlainImage(ValueSources source, PathNode paths) : IDisposable
{
    private readonly Scratch _plain = new();

    /// <summary>Which image it is.</summary>
    public ValueSources Source => source;

    /// <summary>The JSON; empty: the record has no such image.</summary>
    public ReadOnlySpan<byte> Json => _plain.Written;

    /// <summary>Why the image that was read last cannot be converted; null: it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads an image.</summary>
    /// <param name="typed">The image in DynamoDB's JSON; empty: there is none.</param>
    /// <param name="places">Takes the places of its values.</param>
    public void Read(ReadOnlySpan<byte> typed, FieldPlaces places)
    {
        Fault = null;
        _plain.Begin(typed.Length);
        if (typed.IsEmpty)
        {
            return;
        }

        if (ConvertDynamo.TryWritePlain(typed, _plain, out string? reason))
        {
            places.TryRead(_plain.Written, paths);
        }

        Fault = reason;
    }

    /// <inheritdoc/>
    public void Dispose() => _plain.Dispose();
}
