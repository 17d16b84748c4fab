using System.Net;
using Amazon.Runtime;
using FanOut.Errors;

namespace FanOut.Tests.Errors;

/// <summary>Who may not make a call is told which statement to ask for, as AWS names it.</summary>
public sealed class DenialTests
{
    [Theory]
    [InlineData(
        "User: arn:aws:iam::123456789012:user/a is not authorized to perform: dynamodb:Scan on resource: arn:aws:dynamodb:us-east-1:123456789012:table/fanoutTargets because no identity-based policy allows the dynamodb:Scan action",
        """{"Effect":"Allow","Action":"dynamodb:Scan","Resource":"arn:aws:dynamodb:us-east-1:123456789012:table/fanoutTargets"}""")]
    [InlineData(
        "User: arn:aws:sts::123456789012:assumed-role/r/s is not authorized to perform: iam:GetRole on resource: role fanoutRole with an explicit deny",
        """{"Effect":"Allow","Action":"iam:GetRole","Resource":"*"}""")]
    [InlineData(
        "User: arn:aws:iam::123456789012:user/a is not authorized to perform: sqs:getqueueurl on resource: \"arn:aws:sqs:us-east-1:123456789012:orders\".",
        """{"Effect":"Allow","Action":"sqs:getqueueurl","Resource":"arn:aws:sqs:us-east-1:123456789012:orders"}""")]
    [InlineData(
        "User: arn:aws:iam::123456789012:user/a is not authorized to perform: es:DescribeDomain on resource: arn:aws:es:us-east-1:123456789012:domain/orders.",
        """{"Effect":"Allow","Action":"es:DescribeDomain","Resource":"arn:aws:es:us-east-1:123456789012:domain/orders"}""")]
    [InlineData("<Message>User: arn:aws:iam::123456789012:user/a is not authorized to perform: lambda:GetFunction</Message>", """{"Effect":"Allow","Action":"lambda:GetFunction","Resource":"*"}""")]
    [InlineData("Forbidden", "docs/permissions.md")]
    public void The_statement_is_in_the_advice(string message, string expected) => Assert.Contains(
        expected, FanOutError.Of(new AmazonServiceException(message) { StatusCode = HttpStatusCode.Forbidden }, "t", "me").Advice, StringComparison.Ordinal);
}
