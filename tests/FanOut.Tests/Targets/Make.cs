using Amazon.Runtime;
using FanOut.Engine.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Tests.Batching;
using FanOut.Tests.Credentials;

namespace FanOut.Tests.Targets;

/// <summary>Mappings and targets with nothing behind them.</summary>
internal static class Make
{
    public static BasicAWSCredentials Own { get; } = new("AKIATEST", "secret");

    public static Mapping Mapping(TargetType type, string? destination = null, string id = "m")
    {
        Assert.True(Destination.TryParse(type, destination ?? Default(type), out Destination? parsed, out string? problem), problem);
        return new Mapping { SourceArn = Made.Source, Id = id, Type = type, Destination = parsed, Active = true };
    }

    public static TargetFactory Factory(TimeProvider time) =>
        new(new AwsClients(Own, new AssumedRoles(new FakeSts(time), "f", time), "us-east-1"), time);

    private static string Default(TargetType type) => type switch
    {
        TargetType.Sns => "arn:aws:sns:us-east-1:123456789012:topic",
        TargetType.Sqs => "https://sqs.us-east-1.amazonaws.com/123456789012/queue",
        TargetType.Es => "http://localhost:9200#orders",
        TargetType.Kinesis => "out",
        TargetType.Firehose => "delivery",
        TargetType.Iot => "http://localhost:8080#topic",
        TargetType.Lambda => "function",
        _ => "localhost:1",
    };
}
