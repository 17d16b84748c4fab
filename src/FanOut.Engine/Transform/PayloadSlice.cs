using FanOut.Engine.Filtering;

namespace FanOut.Engine.Transform;

/// <summary>Payloads that several mappings share: those of some records, in one form.</summary>
/// <param name="Options">How they look.</param>
/// <param name="Payloads">The payloads.</param>
/// <param name="IsFull">Whether they are as many as there is memory for, or all that are left; otherwise they end where somebody wanted it.</param>
internal sealed record PayloadSlice(PayloadOptions Options, Payloads Payloads, bool IsFull) : IDisposable
{
    /// <summary>How many read them at present.</summary>
    public int Readers { get; set; }

    /// <summary>What filters say of each of them.</summary>
    public Dictionary<RecordFilter, bool[]> Verdicts { get; } = [];

    /// <summary>Those that filters let through; they share the memory.</summary>
    public Dictionary<RecordFilter, Payloads> Passed { get; } = [];

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        foreach (Payloads passed in Passed.Values)
        {
            passed.Dispose();
        }

        Payloads.Dispose();
    }
}
