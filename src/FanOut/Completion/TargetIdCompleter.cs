using System.Runtime.CompilerServices;
using FanOut.Credentials;
using FanOut.Registry;

namespace FanOut.Completion;

/// <summary>
/// Completes ids of targets: those of the source that was typed, or else all. The tool tip has the type, the destination without its secrets, and the
/// state.
/// </summary>
public sealed class TargetIdCompleter : AwsCompleter
{
    /// <inheritdoc/>
    private protected override async IAsyncEnumerable<Value> FindAsync(AwsSession session, Typed typed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? source = await SourceArnAsync(session, typed, cancellationToken).ConfigureAwait(false);
        await foreach (TargetRow row in Mappings(session, typed).ReadAsync(source, cancellationToken).ConfigureAwait(false))
        {
            FanOutTarget target = row.ToTarget();
            yield return new Value(target.Id, $"{target.Type} {target.Destination} ({target.State})");
        }
    }
}
