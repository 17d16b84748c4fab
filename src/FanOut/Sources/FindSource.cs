using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using FanOut.Aws.Kinesis;
using FanOut.Aws.Sns;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Sources;

/// <summary>Finds a source by its name: a Kinesis stream, a table with a stream, or a topic.</summary>
/// <param name="session">Who looks.</param>
/// <param name="name">The name.</param>
internal sealed class FindSource(AwsSession session, string name)
{
    private static readonly SourceType[] Kinds = Enum.GetValues<SourceType>();

    /// <summary>Finds the source.</summary>
    /// <param name="type">Its kind; null: any. Then it is an error if there are sources of several kinds with this name.</param>
    /// <param name="ofChanges">Whether a table's changes are wanted as a Kinesis stream carries them, not its own stream.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <exception cref="FanOutException">SourceNotFound, SourceAmbiguous.</exception>
    public async Task<FoundSource> FindAsync(SourceType? type, bool ofChanges, CancellationToken cancellationToken)
    {
        SourceType[] kinds = type is { } only ? [only] : ofChanges ? [SourceType.DynamoDB, SourceType.Kinesis] : Kinds;
        (SourceType Kind, string? Arn, AmazonServiceException? Denied)[] answers =
            await Task.WhenAll(kinds.Select(k => LookAsync(k, isOnly: type is not null, ofChanges, cancellationToken))).ConfigureAwait(false);

        // A stream of the table's name may well be the one that carries its changes; then the table tells more.
        FoundSource[] found = [.. answers.Where(static a => a.Arn is { Length: > 0 }).Select(static a => new FoundSource(a.Kind, a.Arn!)).DistinctBy(static f => f.Arn)];
        return found switch
        {
            [var one] => one,
            [_, ..] => throw FanOutError.SourceAmbiguous(name, session.Region, [.. found.Select(static f => f.Kind)]),
            [] when answers.Any(static a => a.Arn is "") => throw (ofChanges
                ? FanOutError.SourceWithoutCarrier(name, session.Region)
                : FanOutError.SourceWithoutStream(name, session.Region, await CarriersAsync(cancellationToken).ConfigureAwait(false))),
            [] when answers.Select(static a => a.Denied).OfType<AmazonServiceException>().FirstOrDefault() is { } denied => throw denied,
            [] => throw FanOutError.SourceNotFound(
                AnyOf([.. kinds.Select(Noun)]), name, session.Region, session.Identity,
                await new NearestSource(session, name).FindAsync(kinds, cancellationToken).ConfigureAwait(false)),
        };
    }

    /// <summary>What a source of a kind is called.</summary>
    public static string Noun(SourceType kind) => kind switch
    {
        SourceType.Kinesis => "Kinesis stream",
        SourceType.DynamoDB => "DynamoDB table",
        _ => "SNS topic",
    };

    private static string AnyOf(string[] nouns) => nouns is [.. var others, var last] && others.Length > 0 ? $"{string.Join(", ", others)} or {last}" : nouns[0];

    // An empty ARN: the table is there, but has no stream. Whoever says no kind may lack the right to look for some.
    private async Task<(SourceType Kind, string? Arn, AmazonServiceException? Denied)> LookAsync(SourceType kind, bool isOnly, bool ofChanges, CancellationToken cancellationToken)
    {
        try
        {
            return (kind, kind switch
            {
                SourceType.Kinesis => await StreamAsync(cancellationToken).ConfigureAwait(false),
                SourceType.DynamoDB when ofChanges => await CarrierAsync(cancellationToken).ConfigureAwait(false),
                SourceType.DynamoDB => await TableStreamAsync(cancellationToken).ConfigureAwait(false),
                _ => await TopicAsync(cancellationToken).ConfigureAwait(false),
            }, null);
        }
        catch (AmazonServiceException e) when (!isOnly)
        {
            return (kind, null, e);
        }
    }

    private async Task<string?> StreamAsync(CancellationToken cancellationToken)
    {
        AmazonKinesisClient kinesis = session.Client(AmazonKinesisClient.Service, static (c, s) => new AmazonKinesisClient(c, s));
        try
        {
            DescribeStreamSummaryResponse response = await kinesis
                .DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = name }, cancellationToken).ConfigureAwait(false);
            return response.StreamDescriptionSummary!.StreamARN!;
        }
        catch (AmazonKinesisException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return null;
        }
    }

    private async Task<string?> TableStreamAsync(CancellationToken cancellationToken)
    {
        try
        {
            DescribeTableResponse response = await session.Dynamo.DescribeTableAsync(name, cancellationToken).ConfigureAwait(false);
            return response.Table.StreamSpecification?.StreamEnabled == true ? response.Table.LatestStreamArn : "";
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    private async Task<string?> CarrierAsync(CancellationToken cancellationToken) =>
        await new FindCarriers(session.Dynamo).OfAsync(name, cancellationToken).ConfigureAwait(false) switch
        {
            null => null,
            [] => "",
            [var only] => only,
            var several => throw FanOutError.CarrierAmbiguous(name, session.Region, several),
        };

    // For the words of an error: whoever may not ask is told the error all the same.
    private async Task<IReadOnlyList<string>> CarriersAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await new FindCarriers(session.Dynamo).OfAsync(name, cancellationToken).ConfigureAwait(false) ?? [];
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            return [];
        }
    }

    // SNS finds no topic by its name, so the ARN is made of name, region and account, and checked.
    private async Task<string?> TopicAsync(CancellationToken cancellationToken)
    {
        GetCallerIdentityResponse caller = await session.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken).ConfigureAwait(false);
        string arn = $"arn:{Partition.OfRegion(session.Region).Id}:sns:{session.Region}:{caller.Account}:{name}";
        if (!TopicDestination.TryParse(arn, out _, out _))
        {
            return null;
        }

        try
        {
            await session.Sns().GetTopicAttributesAsync(new GetTopicAttributesRequest { TopicArn = arn }, cancellationToken).ConfigureAwait(false);
            return arn;
        }
        catch (AmazonSimpleNotificationServiceException e) when (e.ErrorCode is "NotFound" or "NotFoundException")
        {
            return null;
        }
    }
}
