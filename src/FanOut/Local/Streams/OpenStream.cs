using FanOut.Aws.DynamoDBStreams;
using FanOut.Aws.Kinesis;
using FanOut.Credentials;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Local.Streams;

/// <summary>Makes what reads a source.</summary>
internal static class OpenStream
{
    /// <summary>A Kinesis stream, or the stream of a table. Sessions are not thread-safe; what is returned is.</summary>
    /// <param name="session">Who reads; the stream's own region is called.</param>
    /// <param name="sourceArn">The stream.</param>
    /// <exception cref="FanOutException">SourceNotReadable: it is a topic, which keeps nothing.</exception>
    public static IStreamService Of(AwsSession session, string sourceArn)
    {
        AwsSession there = Arn.TryParse(sourceArn, out Arn? arn) && arn.Region.Length > 0 ? session.In(arn.Region) : session;
        return SourceArn.IsOf(SourceKind.Kinesis, sourceArn)
            ? new KinesisShards(there.Client(AmazonKinesisClient.Service, static (c, s) => new AmazonKinesisClient(c, s)), sourceArn)
            : SourceArn.IsOf(SourceKind.DynamoDb, sourceArn)
            ? new TableShards(there.Client(AmazonDynamoDBStreamsClient.Service, static (c, s) => new AmazonDynamoDBStreamsClient(c, s)), sourceArn)
            : throw FanOutError.SourceNotReadable(sourceArn);
    }
}
