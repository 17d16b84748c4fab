using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.LocalCloud.Lambda;

public sealed class FunctionNameTests
{
    [Theory]
    [InlineData("fanout", "fanout", null, null, null)]
    [InlineData("fanout:live", "fanout", "live", null, null)]
    [InlineData("fanout:$LATEST", "fanout", "$LATEST", null, null)]
    [InlineData("function:fanout:3", "fanout", "3", null, null)]
    [InlineData("123456789012:function:fanout", "fanout", null, "123456789012", null)]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:fanout", "fanout", null, "123456789012", "us-east-1")]
    [InlineData("arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:fanout:live", "fanout", "live", "123456789012", "us-gov-west-1")]
    [InlineData("arn:aws-eusc:lambda:eusc-de-east-1:123456789012:function:f", "f", null, "123456789012", "eusc-de-east-1")]
    public void Every_form_of_a_name_is_understood(string text, string name, string? qualifier, string? account, string? region) =>
        Assert.Equal(new FunctionName(name, qualifier, account, region), FunctionName.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("fan out")]
    [InlineData("fanout:")]
    [InlineData("fanout:live:1")]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:fanout")]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:function:fanout")]
    public void Anything_else_is_refused(string text) =>
        Assert.Equal("ValidationException", Assert.Throws<ServiceException>(() => FunctionName.Parse(text)).Code);
}
