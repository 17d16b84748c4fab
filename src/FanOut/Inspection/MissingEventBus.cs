using Amazon.SecurityToken.Model;
using FanOut.Credentials;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;
using FanOut.Inspection.Resources;

namespace FanOut.Inspection;

/// <summary>
/// Finds event buses that are certainly not there. EventBridge takes events for them too, and drops them: no record that goes there tells it
/// (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html).
/// </summary>
internal sealed class MissingEventBus
{
    private readonly Dictionary<(AwsSession Session, string Arn), string?> _seen = [];

    /// <summary>Looks once for a bus of the caller's own account and region; of others, and without the right to look, nothing is certain.</summary>
    /// <param name="session">The caller, in the function's region.</param>
    /// <param name="mapping">The target.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <returns>A warning; null: it is there, or that is not known, or the target is no event bus.</returns>
    public async Task<string?> OfAsync(AwsSession session, Mapping mapping, CancellationToken cancellationToken)
    {
        if (mapping.Destination is not EventBusDestination { Arn: { } arn } || TargetRolePolicy.RoleOf(mapping) is not null || arn.Region != session.Region)
        {
            return null;
        }

        if (!_seen.TryGetValue((session, $"{arn}"), out string? create))
        {
            _seen[(session, $"{arn}")] = create = await LookAsync(session, arn, cancellationToken).ConfigureAwait(false);
        }

        return create is null ? null
            : $"The event bus {arn} of the target '{mapping.Id}' does not exist. EventBridge takes events for it all the same, and drops them: its records would be lost. {create}";
    }

    private static async Task<string?> LookAsync(AwsSession session, Arn arn, CancellationToken cancellationToken)
    {
        Finding found = (await InspectEventBus.OfAsync(new Viewer(session, null), "Destination", arn, cancellationToken).ConfigureAwait(false)).Finding;
        if (found.Status != "Fail")
        {
            return null;
        }

        Seen<GetCallerIdentityResponse> caller = await Look.AtAsync(session, async () =>
            (GetCallerIdentityResponse?)await session.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return caller.Value?.Account == arn.Account ? found.Remedy : null;
    }
}
