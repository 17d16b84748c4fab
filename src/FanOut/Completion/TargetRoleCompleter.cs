using System.Runtime.CompilerServices;
using FanOut.Credentials;
using FanOut.Registry;

namespace FanOut.Completion;

/// <summary>Completes ARNs of the roles that targets have already: they are of other accounts, which cannot be asked.</summary>
public sealed class TargetRoleCompleter : AwsCompleter
{
    /// <inheritdoc/>
    private protected override async IAsyncEnumerable<Value> FindAsync(AwsSession session, Typed typed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TargetRow row in Mappings(session, typed).ReadAsync(null, cancellationToken).ConfigureAwait(false))
        {
            FanOutTarget target = row.ToTarget();
            if (target.DestinationRoleArn is { } role)
            {
                yield return new Value(role, $"the role of the target {target.Id}");
            }
        }
    }
}
