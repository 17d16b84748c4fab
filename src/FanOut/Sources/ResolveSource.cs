using FanOut.Credentials;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;

namespace FanOut.Sources;

/// <summary>Finds the ARN of a source; each name is looked up once.</summary>
internal sealed class ResolveSource
{
    private readonly Dictionary<(AwsSession Session, SourceType? Type, string Name, bool OfChanges), FoundSource> _found = [];

    /// <summary>The ARN without a consumer.</summary>
    /// <param name="session">The session that looks it up.</param>
    /// <param name="arn">The ARN, if it was given: then nothing is looked up.</param>
    /// <param name="name">Otherwise the name. An ARN is accepted here too.</param>
    /// <param name="type">The type of source that the name belongs to; null: it is looked for among all types.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <exception cref="FanOutException">No source was given, it does not exist, there are several, or the ARN is not that of a source.</exception>
    public async Task<string> ArnAsync(AwsSession session, string? arn, string? name, SourceType? type, CancellationToken cancellationToken) =>
        (await FindAsync(session, arn, name, type, ofChanges: false, cancellationToken).ConfigureAwait(false)).Arn;

    /// <summary>The source, as <see cref="ArnAsync"/> finds it; of a table, if changes are wanted, the Kinesis stream that carries them.</summary>
    public async Task<FoundSource> FindAsync(AwsSession session, string? arn, string? name, SourceType? type, bool ofChanges, CancellationToken cancellationToken)
    {
        if (arn is not null || Arn.Looks(name))
        {
            return Given(arn ?? name!);
        }

        if (name is null)
        {
            throw FanOutError.SourceMissing();
        }

        if (!_found.TryGetValue((session, type, name, ofChanges), out FoundSource? found))
        {
            _found[(session, type, name, ofChanges)] = found = await new FindSource(session, name).FindAsync(type, ofChanges, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    private static FoundSource Given(string text)
    {
        string arn = SourceArn.WithoutConsumer(text);
        return Arn.TryParse(arn, out Arn? parsed) && parsed is { Region: not "" } && AccountId.IsOne(parsed.Account) && KindOf(parsed) is { } kind
            ? new FoundSource(kind, arn)
            : throw FanOutError.InvalidParameter(
                "SourceArn",
                text,
                $"'{text}' is not the ARN of a source: a Kinesis stream (arn:aws:kinesis:region:account:stream/name), a DynamoDB stream "
                + "(arn:aws:dynamodb:region:account:table/name/stream/label) or an SNS topic (arn:aws:sns:region:account:topic); "
                + $"{AccountId.Form}."
                + (parsed is { Service: "dynamodb", ResourceType: "table" } ? $" It is that of a table: -Source {parsed.ResourceName.Split('/')[0]} -SourceType DynamoDB finds the table's stream." : ""));
    }

    private static SourceType? KindOf(Arn arn) => arn.Service switch
    {
        "kinesis" when arn.ResourceType == "stream" && arn.ResourceName.Length > 0 => SourceType.Kinesis,
        "dynamodb" when arn.ResourceType == "table" && arn.Resource.Contains("/stream/", StringComparison.Ordinal) => SourceType.DynamoDB,
        "sns" when arn.ResourceType.Length == 0 => SourceType.SNS,
        _ => null,
    };
}
