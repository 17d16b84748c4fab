using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Progress;

namespace FanOut.Tests.Progress.Play;

/// <summary>The notes of an invocation that stands still once it has noted what it has delivered of a batch that comes again.</summary>
/// <remarks>Of a batch that is through there is nothing to note: whose answer is lost then comes again whole, as docs/delivery.md says.</remarks>
internal sealed class HeldProgress(IProgressStore inner, HeldDynamo dynamo) : IProgressStore
{
    public Task<BatchProgress> ReadAsync(RecordGroup group, CancellationToken cancellationToken) => inner.ReadAsync(group, cancellationToken);

    public Task<string?> WriteAsync(RecordGroup group, int first, IReadOnlyList<Outcome> outcomes, BatchProgress before, CancellationToken cancellationToken)
    {
        dynamo.Holds = first < group.Records.Count;
        return inner.WriteAsync(group, first, outcomes, before, cancellationToken);
    }
}
