using FanOut.Aws.Lambda;
using FanOut.Engine.Mappings;
using FanOut.Sources;

namespace FanOut.Tests.Sources;

public sealed class InvokedFunctionTests
{
    [Theory]
    [InlineData("fanout", "fanout", true)]
    [InlineData("fanout", "fanout:live", true)]
    [InlineData("fanout", "fanout2", false)]
    [InlineData("fanout:live", "fanout:live", true)]
    [InlineData("fanout:live", "fanout", false)]
    [InlineData("fanout:live", "fanout:test", false)]
    [InlineData("fanout:$LATEST", "fanout", true)]
    [InlineData("fanout:$LATEST", "fanout:live", false)]
    [InlineData("123456789012:function:fanout", "fanout:7", true)]
    [InlineData("arn:aws:lambda:us-east-1:210987654321:function:fanout", "fanout", false)]
    public void A_mapping_is_the_functions_whatever_alias_unless_one_is_named(string named, string mapped, bool expected)
    {
        Assert.True(FunctionDestination.TryParse(named, out FunctionDestination? function, out _));
        var mapping = new EventSourceMappingConfiguration { FunctionArn = $"arn:aws:lambda:us-east-1:123456789012:function:{mapped}" };

        Assert.Equal(expected, InvokedFunction.Is(mapping, function));
    }

    [Theory]
    [InlineData("arn:aws:kinesis:us-east-1:1:stream/orders", "Kinesis orders")]
    [InlineData("arn:aws-cn:dynamodb:cn-north-1:1:table/orders/stream/2026-01-01T00:00:00.000", "DynamoDB orders")]
    [InlineData("arn:aws-eusc:sns:eusc-de-east-1:1:orders", "SNS orders")]
    [InlineData("arn:aws:kafka:us-east-1:1:cluster/orders/1", "kafka orders/1")]
    [InlineData("orders", " orders")]
    public void A_source_has_a_kind_and_a_name(string arn, string expected)
    {
        (string kind, string name) = EventSource.Describe(arn);

        Assert.Equal(expected, $"{kind} {name}");
    }
}
