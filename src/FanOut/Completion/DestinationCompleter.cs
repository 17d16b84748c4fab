using System.Runtime.CompilerServices;
using FanOut.Credentials;
using FanOut.Destinations;
using FanOut.Engine.Mappings;
using FanOut.Registry;

namespace FanOut.Completion;

/// <summary>Completes destinations of the type that was typed, or that the target has: by name where names are looked up, else in full.</summary>
public sealed class DestinationCompleter : AwsCompleter
{
    /// <inheritdoc/>
    private protected override async IAsyncEnumerable<Value> FindAsync(AwsSession session, Typed typed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await TypeAsync(session, typed, cancellationToken).ConfigureAwait(false) is not { } type)
        {
            yield break;
        }

        // Who sends there looks there: in the destination's region, as the role of its account.
        AwsSession destination = typed["DestinationRegion"] is { } region ? session.In(region) : session;
        destination = typed["DestinationRoleArn"] is { } role ? destination.AsRole(role, typed["ExternalId"]) : destination;
        bool isName = typed.Command.StartsWith("Register-", StringComparison.OrdinalIgnoreCase) && typed.Word.IndexOfAny([':', '/', '#', '.']) < 0;
        foreach (IAsyncEnumerable<ListedDestination> part in new ListDestinations(destination, !isName, cancellationToken).Of(type, isName ? typed.Word : ""))
        {
            await foreach (Value value in Allowed(Texts(part, isName)).ConfigureAwait(false))
            {
                yield return value;
            }
        }
    }

    private static async IAsyncEnumerable<Value> Texts(IAsyncEnumerable<ListedDestination> destinations, bool isName)
    {
        await foreach (ListedDestination one in destinations.ConfigureAwait(false))
        {
            if ((isName ? one.Name : one.Full) is { } text)
            {
                yield return new Value(text, isName && one.Full is not null ? $"{one.Note}: {one.Full}" : one.Note);
            }
        }
    }

    // Set-FanOutTarget may leave the type as it is.
    private static async Task<TargetType?> TypeAsync(AwsSession session, Typed typed, CancellationToken cancellationToken)
    {
        string? text = typed["Type"];
        if (text is null && typed["Id"] is { } id && await SourceArnAsync(session, typed, cancellationToken).ConfigureAwait(false) is { } source)
        {
            TargetRow? row = await Mappings(session, typed).FindAsync(source, id, cancellationToken).ConfigureAwait(false);
            text = row?.ToTarget().Type;
        }

        return MappingText.TryParse(text, out TargetType type) ? type : null;
    }
}
