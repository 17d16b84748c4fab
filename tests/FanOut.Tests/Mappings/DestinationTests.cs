using FanOut.Engine.Mappings;

namespace FanOut.Tests.Mappings;

public sealed class DestinationTests
{
    private const string Source = "arn:aws:kinesis:us-east-1:123456789012:stream/in";

    [Theory]
    [InlineData("arn:aws:sns:us-east-1:123456789012:t", false, "us-east-1")]
    [InlineData("arn:aws-cn:sns:cn-north-1:123456789012:t.fifo", true, "cn-north-1")]
    [InlineData("arn:aws-moon:sns:base-1:123456789012:t", false, "base-1")]
    public void A_topic_is_given_by_ARN(string text, bool fifo, string region)
    {
        Assert.True(TopicDestination.TryParse(text, out TopicDestination? topic, out string? problem), problem);
        Assert.Equal((fifo, region), (topic.IsFifo, topic.Region));
    }

    [Theory]
    [InlineData("t", "not an ARN")]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:t", "not the ARN of an SNS topic")]
    [InlineData("arn:aws:sns:us-east-1:123456789012:t:0d3f-sub", "subscription")]
    [InlineData("arn:aws:sns:us-east-1:123456789012:t t", "name")]
    public void What_is_no_topic_is_refused(string text, string reason)
    {
        Assert.False(TopicDestination.TryParse(text, out _, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.Contains("sns takes a topic's ARN", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("out", "out", null)]
    [InlineData("arn:aws-iso:kinesis:us-iso-east-1:1:stream/a.b-c_d", "a.b-c_d", "us-iso-east-1")]
    public void A_stream_is_given_by_name_or_ARN(string text, string name, string? region)
    {
        Assert.True(StreamDestination.TryParse(text, out StreamDestination? stream, out string? problem), problem);
        Assert.Equal((name, region, region is null ? null : text), (stream.Name, stream.Region, stream.Arn?.ToString()));
    }

    [Theory]
    [InlineData("d", "d", null)]
    [InlineData("arn:aws:firehose:eu-west-1:1:deliverystream/d", "d", "eu-west-1")]
    public void A_delivery_stream_is_given_by_name_or_ARN(string text, string name, string? region)
    {
        Assert.True(DeliveryStreamDestination.TryParse(text, out DeliveryStreamDestination? stream, out string? problem), problem);
        Assert.Equal((name, region), (stream.Name, stream.Region));
    }

    [Theory]
    [InlineData(TargetType.Kinesis, "")]
    [InlineData(TargetType.Kinesis, "a/b")]
    [InlineData(TargetType.Kinesis, "arn:aws:kinesis:us-east-1:1:stream/in/consumer/c:1")]
    [InlineData(TargetType.Kinesis, "arn:aws:firehose:us-east-1:1:deliverystream/d")]
    [InlineData(TargetType.Firehose, "a b")]
    [InlineData(TargetType.Firehose, "arn:aws:kinesis:us-east-1:1:stream/d")]
    [InlineData(TargetType.Firehose, "12345678901234567890123456789012345678901234567890123456789012345")]
    public void What_is_no_stream_is_refused(TargetType type, string text)
    {
        Assert.False(Destination.TryParse(type, text, out _, out string? problem));
        Assert.Contains("or its ARN", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:events:us-east-1:123456789012:event-bus/default", "default", "us-east-1")]
    [InlineData("arn:aws-cn:events:cn-north-1:123456789012:event-bus/a.b-c_d", "a.b-c_d", "cn-north-1")]
    public void An_event_bus_is_given_by_ARN(string text, string name, string region)
    {
        Assert.True(EventBusDestination.TryParse(text, out EventBusDestination? bus, out string? problem), problem);
        Assert.Equal((name, region), (bus.Name, bus.Region));
        Assert.True(bus.IsSame(EventBusDestination.TryParse(text, out EventBusDestination? same, out _) ? same : null));
    }

    [Theory]
    [InlineData("default", "not the ARN of an event bus")]
    [InlineData("arn:aws:events:us-east-1:123456789012:rule/r", "not the ARN of an event bus")]
    [InlineData("arn:aws:events::123456789012:event-bus/b", "not the ARN of an event bus")]
    [InlineData("arn:aws:events:us-east-1:123456789012:event-bus/aws.partner/example.com/x", "name")]
    [InlineData("arn:aws:events:us-east-1:123456789012:event-bus/a b", "name")]
    public void What_is_no_event_bus_is_refused(string text, string reason)
    {
        Assert.False(EventBusDestination.TryParse(text, out _, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.Contains("events takes an event bus's ARN", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:states:us-east-1:123456789012:stateMachine:m", "m", null)]
    [InlineData("arn:aws:states:us-east-1:123456789012:stateMachine:m:7", "m", "7")]
    [InlineData("arn:aws-cn:states:cn-north-1:123456789012:stateMachine:größe-1.2:live", "größe-1.2", "live")]
    public void A_state_machine_is_given_by_ARN_with_or_without_a_version_or_an_alias(string text, string name, string? qualifier)
    {
        Assert.True(StateMachineDestination.TryParse(text, out StateMachineDestination? machine, out string? problem), problem);
        Assert.Equal((name, qualifier, text.Split(':')[3]), (machine.Name, machine.Qualifier, machine.Region));
        Assert.Equal(qualifier is null ? text : text[..text.LastIndexOf(':')], machine.Arn.ToString());
    }

    [Theory]
    [InlineData("m", "not the ARN of a state machine")]
    [InlineData("arn:aws:states:us-east-1:123456789012:execution:m:e", "not the ARN of a state machine")]
    [InlineData("arn:aws:states:us-east-1:123456789012:stateMachine:m/label", "name")]
    [InlineData("arn:aws:states:us-east-1:123456789012:stateMachine:a b", "name")]
    [InlineData("arn:aws:states:us-east-1:123456789012:stateMachine:m:", "alias")]
    [InlineData("arn:aws:states:us-east-1:123456789012:stateMachine:m:a:b", "name")]
    [InlineData("arn:aws:states:us-east-1:123456789012:stateMachine:m:li*ve", "alias")]
    public void What_is_no_state_machine_is_refused(string text, string reason)
    {
        Assert.False(StateMachineDestination.TryParse(text, out _, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.Contains("states takes a state machine's ARN", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("f", "f", "f", null, null, null)]
    [InlineData("f:live", "f", "f", "live", null, null)]
    [InlineData("f:$LATEST", "f", "f", "$LATEST", null, null)]
    [InlineData("123456789012:function:f", "123456789012:function:f", "f", null, "123456789012", null)]
    [InlineData("123456789012:function:f:7", "123456789012:function:f", "f", "7", "123456789012", null)]
    [InlineData(
        "arn:aws:lambda:us-east-1:123456789012:function:f",
        "arn:aws:lambda:us-east-1:123456789012:function:f", "f", null, "123456789012", "us-east-1")]
    [InlineData(
        "arn:aws-cn:lambda:cn-north-1:123456789012:function:f:live",
        "arn:aws-cn:lambda:cn-north-1:123456789012:function:f", "f", "live", "123456789012", "cn-north-1")]
    public void A_function_is_given_by_name_alias_partial_ARN_or_ARN(
        string text, string functionName, string name, string? qualifier, string? account, string? region)
    {
        Assert.True(FunctionDestination.TryParse(text, out FunctionDestination? function, out string? problem), problem);
        Assert.Equal(new FunctionDestination(text, functionName, name, qualifier, account, region), function);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("f:")]
    [InlineData("f:a:b")]
    [InlineData("x:function:f")]
    [InlineData("arn:aws:lambda:us-east-1:1:function:f:a:b")]
    [InlineData("arn:aws:lambda:us-east-1:1:layer:f")]
    [InlineData("arn:aws:sns:us-east-1:1:f")]
    public void What_is_no_function_is_refused(string text)
    {
        Assert.False(FunctionDestination.TryParse(text, out _, out string? problem));
        Assert.Contains("lambda takes a function's name", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in", null, null, true)]
    [InlineData("other", null, null, false)]
    [InlineData("in", "us-east-1", null, true)]
    [InlineData("in", "eu-west-1", null, false)]
    [InlineData("in", null, "arn:aws:iam::123456789012:role/x", true)]
    [InlineData("in", null, "arn:aws:iam::210987654321:role/x", false)]
    [InlineData(Source, "eu-west-1", "arn:aws:iam::210987654321:role/x", true)]
    [InlineData("arn:aws:kinesis:us-east-1:210987654321:stream/in", null, null, false)]
    public void A_stream_of_the_same_name_is_the_source_only_where_the_source_lies(string text, string? region, string? role, bool loop)
    {
        Assert.Equal(loop, Of(TargetType.Kinesis, text, Source, region, role).IsLoop);
        Assert.Equal(loop, Of(TargetType.Kinesis, text, Source + "/consumer/c:1", region, role).IsLoop);
    }

    [Theory]
    [InlineData(TargetType.Sns, "arn:aws:sns:us-east-1:1:t", "arn:aws:sns:us-east-1:1:t", true)]
    [InlineData(TargetType.Sns, "arn:aws:sns:us-east-1:1:t", "arn:aws:sns:us-east-1:1:u", false)]
    [InlineData(TargetType.Firehose, "in", Source, false)]
    [InlineData(TargetType.Lambda, "in", Source, false)]
    [InlineData(TargetType.Kinesis, "T", "arn:aws:dynamodb:us-east-1:1:table/T/stream/2015-05-11T21:21:33.291", false)]
    public void Only_what_feeds_the_source_is_a_loop(TargetType type, string text, string source, bool loop) =>
        Assert.Equal(loop, Of(type, text, source, null, null).IsLoop);

    [Theory]
    [InlineData("https://api.example.com/orders")]
    [InlineData("https://api.example.com")]
    [InlineData("HTTPS://API.example.com:8443/a%20b?c=d&e=f")]
    [InlineData("https://10.1.2.3/in")]
    [InlineData("https://[fd12::1]:8443/in")]
    [InlineData("https://größe.example/in")]
    public void An_endpoint_is_a_URL_of_HTTPS(string text)
    {
        Assert.True(HttpDestination.TryParse(text, out HttpDestination? http, out string? problem), problem);
        Assert.Equal((text, new Uri(text), null), (http.Display, http.Url, http.Region));
    }

    [Theory]
    [InlineData("http://api.example.com/orders", "does not begin with https://")]
    [InlineData("ftp://api.example.com/orders", "does not begin with https://")]
    [InlineData("api.example.com/orders", "not a URL")]
    [InlineData("https:///orders", "not a URL")]
    [InlineData("https://user:secret@api.example.com/", "user or password")]
    [InlineData("https://api.example.com/#top", "fragment")]
    [InlineData("https://api.example.com/<data.id>", "an endpoint is the same for all records")]
    [InlineData("https://api.example.com/a b", "a blank")]
    [InlineData("https://api.example.com/x\r\nX: y", "a line break")]
    [InlineData(" https://api.example.com/x", "a blank")]
    [InlineData("https://api.example.com/{id}", "a '{', which no URL has; %7B stands for it")]
    [InlineData("https://127.0.0.1:9001/2018-06-01/runtime", "127.0.0.1 is a loopback address")]
    [InlineData("https://2130706433/", "127.0.0.1 is a loopback address")]
    [InlineData("https://0x7f.1/", "127.0.0.1 is a loopback address")]
    [InlineData("https://[::1]/", "loopback")]
    [InlineData("https://169.254.169.254/latest/meta-data", "link-local")]
    [InlineData("https://[fd00:ec2::254]/latest", "metadata")]
    [InlineData("https://[::ffff:169.254.170.2]/v2", "link-local")]
    public void What_is_no_endpoint_is_refused(string text, string reason)
    {
        Assert.False(HttpDestination.TryParse(text, out _, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.Contains("http takes https://host/path", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eu-west-1", "eu-west-1")]
    [InlineData(null, "us-east-1")]
    public void The_mappings_region_wins_over_the_destinations(string? region, string expected) =>
        Assert.Equal(expected, Of(TargetType.Sns, "arn:aws:sns:us-east-1:1:t", Source, region, null).TargetRegion);

    private static Mapping Of(TargetType type, string text, string source, string? region, string? role)
    {
        Assert.True(Destination.TryParse(type, text, out Destination? destination, out string? problem), problem);
        return new Mapping
        {
            SourceArn = source,
            Id = "id",
            Type = type,
            Destination = destination,
            Active = true,
            Region = region,
            Role = role,
        };
    }
}
