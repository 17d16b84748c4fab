using FanOut.Engine.Mappings;

namespace FanOut.Tests.Mappings;

public sealed class ArnTests
{
    [Theory]
    [InlineData("arn:aws:kinesis:us-east-1:123456789012:stream/in", "aws", "kinesis", "us-east-1", "123456789012", "stream", "in")]
    [InlineData("arn:aws-cn:sqs:cn-north-1:123456789012:q.fifo", "aws-cn", "sqs", "cn-north-1", "123456789012", "", "q.fifo")]
    [InlineData("arn:aws-us-gov:lambda:us-gov-west-1:1:function:f:live", "aws-us-gov", "lambda", "us-gov-west-1", "1", "function", "f:live")]
    [InlineData("arn:aws-iso:sns:us-iso-east-1:1:t", "aws-iso", "sns", "us-iso-east-1", "1", "", "t")]
    [InlineData("arn:aws-iso-b:sns:us-isob-east-1:1:t", "aws-iso-b", "sns", "us-isob-east-1", "1", "", "t")]
    [InlineData("arn:aws-iso-e:sns:eu-isoe-west-1:1:t", "aws-iso-e", "sns", "eu-isoe-west-1", "1", "", "t")]
    [InlineData("arn:aws-iso-f:sns:us-isof-south-1:1:t", "aws-iso-f", "sns", "us-isof-south-1", "1", "", "t")]
    [InlineData("arn:aws-eusc:sns:eusc-de-east-1:1:t", "aws-eusc", "sns", "eusc-de-east-1", "1", "", "t")]
    [InlineData("arn:aws-moon:sns:tranquillity-base:1:t", "aws-moon", "sns", "tranquillity-base", "1", "", "t")]
    [InlineData("arn:aws:iam::123456789012:role/path/x", "aws", "iam", "", "123456789012", "role", "path/x")]
    [InlineData("arn:aws:s3:::bucket/key", "aws", "s3", "", "", "bucket", "key")]
    [InlineData(
        "arn:aws:dynamodb:us-east-1:1:table/T/stream/2015-05-11T21:21:33.291",
        "aws", "dynamodb", "us-east-1", "1", "table", "T/stream/2015-05-11T21:21:33.291")]
    public void An_ARN_is_taken_apart_whatever_its_partition(
        string text, string partition, string service, string region, string account, string type, string name)
    {
        Assert.True(Arn.TryParse(text, out Arn? arn));
        Assert.Equal(
            (partition, service, region, account, type, name),
            (arn.Partition, arn.Service, arn.Region, arn.Account, arn.ResourceType, arn.ResourceName));
        Assert.Equal(text, arn.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("stream")]
    [InlineData("arn:aws:sns:us-east-1:1")]
    [InlineData("arn:aws:sns:us-east-1:1:")]
    [InlineData("arn::sns:us-east-1:1:t")]
    [InlineData("arn:aws::us-east-1:1:t")]
    [InlineData("ARN:aws:sns:us-east-1:1:t")]
    [InlineData(" arn:aws:sns:us-east-1:1:t")]
    [InlineData("arn:aws:sns:evil.example/:1:t")]
    [InlineData("arn:aws:sns:us-east-1:1/2:t")]
    [InlineData("arn:aws:sns:us-east-1:1:t\n")]
    public void What_is_no_ARN_is_refused(string? text) => Assert.False(Arn.TryParse(text, out _));

    [Theory]
    [InlineData("us-east-1", "aws", "amazonaws.com")]
    [InlineData("eu-west-1", "aws", "amazonaws.com")]
    [InlineData("zz-somewhere-9", "aws", "amazonaws.com")]
    [InlineData("cn-northwest-1", "aws-cn", "amazonaws.com.cn")]
    [InlineData("us-gov-east-1", "aws-us-gov", "amazonaws.com")]
    [InlineData("us-iso-west-1", "aws-iso", "c2s.ic.gov")]
    [InlineData("us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov")]
    [InlineData("eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk")]
    [InlineData("us-isof-east-1", "aws-iso-f", "csp.hci.ic.gov")]
    [InlineData("eusc-de-east-1", "aws-eusc", "amazonaws.eu")]
    public void A_region_lies_in_a_partition(string region, string partition, string suffix)
    {
        Partition found = Partition.OfRegion(region);
        Assert.Equal((partition, suffix), (found.Id, found.DnsSuffix));
        Assert.True(Partition.TryFind(partition, out Partition? byId));
        Assert.Same(found, byId);
    }
}
