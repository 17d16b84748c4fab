using Amazon.DynamoDBv2.Model;
using FanOut.Aws.Kinesis;
using FanOut.Credentials;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Sources;

/// <summary>Finds the ARN of a source; each name is looked up once.</summary>
internal sealed class ResolveSource
{
    private readonly Dictionary<(AwsSession Session, SourceType Type, string Name), string> _found = [];

    /// <summary>The ARN without a consumer.</summary>
    /// <param name="session">The session that looks it up.</param>
    /// <param name="arn">The ARN, if it was given: then nothing is looked up.</param>
    /// <param name="name">Otherwise the name. An ARN is accepted here too.</param>
    /// <param name="type">The kind of source that the name belongs to.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <exception cref="FanOutException">No source was given, it does not exist, or the ARN is not that of a source.</exception>
    public async Task<string> ArnAsync(AwsSession session, string? arn, string? name, SourceType? type, CancellationToken cancellationToken)
    {
        if (arn is not null || Arn.Looks(name))
        {
            return Checked(arn ?? name!);
        }

        if (name is null || type is not { } known)
        {
            throw FanOutError.SourceMissing();
        }

        if (!_found.TryGetValue((session, known, name), out string? found))
        {
            found = known == SourceType.Kinesis
                ? await StreamAsync(session, name, cancellationToken).ConfigureAwait(false)
                : await TableStreamAsync(session, name, cancellationToken).ConfigureAwait(false);
            _found[(session, known, name)] = found;
        }

        return found;
    }

    private static string Checked(string text)
    {
        string arn = SourceArn.WithoutConsumer(text);
        return Arn.TryParse(arn, out Arn? parsed) && parsed is { Region: not "", Account: not "" } && IsSource(parsed)
            ? arn
            : throw FanOutError.InvalidParameter(
                "SourceArn",
                text,
                $"'{text}' is not the ARN of a source: a Kinesis stream (arn:aws:kinesis:region:account:stream/name), a DynamoDB stream "
                + "(arn:aws:dynamodb:region:account:table/name/stream/label) or an SNS topic (arn:aws:sns:region:account:topic).");
    }

    private static bool IsSource(Arn arn) => arn.Service switch
    {
        "kinesis" => arn.ResourceType == "stream" && arn.ResourceName.Length > 0,
        "dynamodb" => arn.ResourceType == "table" && arn.Resource.Contains("/stream/", StringComparison.Ordinal),
        "sns" => arn.ResourceType.Length == 0,
        _ => false,
    };

    private static async Task<string> StreamAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        AmazonKinesisClient kinesis = session.Client(AmazonKinesisClient.Service, (c, s) => new AmazonKinesisClient(c, s));
        try
        {
            DescribeStreamSummaryResponse response = await kinesis
                .DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = name }, cancellationToken).ConfigureAwait(false);
            return response.StreamDescriptionSummary!.StreamARN!;
        }
        catch (AmazonKinesisException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            throw FanOutError.SourceNotFound("Kinesis stream", name, session.Region, session.Identity, e);
        }
    }

    private static async Task<string> TableStreamAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        try
        {
            DescribeTableResponse response = await session.Dynamo.DescribeTableAsync(name, cancellationToken).ConfigureAwait(false);
            return response.Table.LatestStreamArn is { Length: > 0 } arn && response.Table.StreamSpecification?.StreamEnabled == true
                ? arn
                : throw FanOutError.SourceWithoutStream(name, session.Region);
        }
        catch (ResourceNotFoundException e)
        {
            throw FanOutError.SourceNotFound("DynamoDB table", name, session.Region, session.Identity, e);
        }
    }
}
