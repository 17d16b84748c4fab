using System.Text;
using System.Text.Unicode;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.Kinesis;
using FanOut.Aws.Sns;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Engine.Events;
using FanOut.Errors;
using FanOut.Inspection;
using FanOut.Local.Events;

namespace FanOut.Local.Checks;

/// <summary>Puts a marked record into a source.</summary>
/// <param name="session">Who puts it, in the source's region.</param>
internal sealed class PutMarked(AwsSession session)
{
    private sealed record Done;

    /// <summary>Puts it.</summary>
    /// <param name="sourceArn">A stream of Kinesis or a topic.</param>
    /// <param name="record">What it holds.</param>
    /// <param name="mark">The mark.</param>
    /// <param name="cancellationToken">Cancels the call; whether the source has it is not known then.</param>
    /// <returns>Why it is not there, and what the caller needs; null: it is there.</returns>
    public async Task<(string Text, string Remedy)?> IntoAsync(string sourceArn, EventRecord record, string mark, CancellationToken cancellationToken)
    {
        bool isStream = SourceArn.IsOf(SourceKind.Kinesis, sourceArn);
        if (!record.Whole.IsEmpty || (!isStream && !Utf8.IsValid(record.Data.Span)))
        {
            throw FanOutError.InvalidParameter("Record", null, !record.Whole.IsEmpty ? "takes what a record is to hold with -Through Source, not a record of Lambda's." : "must be text where the source is a topic.");
        }

        ReadOnlyMemory<byte> data = WriteEvent.DataOf(sourceArn, record);
        Seen<Done> seen = await Look.AtAsync(session, async () =>
        {
            await (isStream ? PutAsync(sourceArn, data, mark, cancellationToken) : PublishAsync(sourceArn, data, mark, cancellationToken)).ConfigureAwait(false);
            return new Done();
        }).ConfigureAwait(false);
        return seen.Error is not { } error ? null
            : ($"The record could not be put into {sourceArn} as {session.Identity}: {error.Message}", $"You need {(isStream ? "kinesis:PutRecords" : "sns:Publish")} there, and kms:GenerateDataKey and kms:Decrypt where it is encrypted. {error.Advice}".TrimEnd());
    }

    private async Task PutAsync(string streamArn, ReadOnlyMemory<byte> data, string mark, CancellationToken cancellationToken)
    {
        AmazonKinesisClient kinesis = session.Client(AmazonKinesisClient.Service, static (c, s) => new AmazonKinesisClient(c, s));
        using PutRecordsEntries records = PutRecordsEntries.Of(new PutRecordsRequestEntry(new Blob(data, false), Encoding.UTF8.GetBytes(TestMark.KeyOf(mark)), default));
        PutRecordsResponse response = await kinesis.PutRecordsAsync(new PutRecordsRequest { StreamARN = streamArn, Records = records }, cancellationToken).ConfigureAwait(false);
        if (response.Failed is [var refused, ..])
        {
            throw new AmazonKinesisException(refused.ErrorMessage, null, ErrorType.Unknown, refused.ErrorCode, response.ResponseMetadata?.RequestId ?? "", response.HttpStatusCode);
        }
    }

    private Task<PublishResponse> PublishAsync(string topicArn, ReadOnlyMemory<byte> message, string mark, CancellationToken cancellationToken) => session.Sns().PublishAsync(
        new PublishRequest { TopicArn = topicArn, Entry = new PublishBatchRequestEntry(message, MessageAttributes: [new MessageAttributeValue(TestMark.AttributeName, mark)]) }, cancellationToken);
}
