using FanOut.Inspection.Policies;

namespace FanOut.Tests.Inspection;

/// <summary>Others' policies are evaluated as IAM evaluates them, and what cannot be told is said so.</summary>
public sealed class EvaluatePoliciesTests
{
    private const string Role = "arn:aws:iam::123456789012:role/fanoutRole", Queue = "arn:aws:sqs:us-east-1:123456789012:orders";

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:us-east-1:123456789012:orders"}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":["SQS:sendmessage"],"Resource":["*"]}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:Send*","Resource":"arn:aws:sqs:*:123456789012:or?ers"}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*"}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","NotAction":"sqs:*","Resource":"*"}""", "NotAllowed")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:*","NotResource":"arn:aws:sqs:us-east-1:123456789012:other"}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:*","NotResource":"arn:aws:sqs:us-east-1:123456789012:*"}""", "NotAllowed")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:ReceiveMessage","Resource":"*"}""", "NotAllowed")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:us-east-1:123456789012:orders2"}""", "NotAllowed")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:*","Resource":"*"},{"Sid":"No","Effect":"Deny","Action":"sqs:*","Resource":"arn:aws:sqs:*:*:orders"}""", "Denied")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:*","Resource":"*"},{"Effect":"Deny","Action":"sqs:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:*","Resource":"*"},{"Effect":"Deny","Action":"sqs:*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}""", "Unknown")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}}""", "Unknown")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":["eu-west-1","us-east-1"]}}}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1","us-east-1"]}}}""", "NotAllowed")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"ArnLike":{"AWS:PrincipalArn":"arn:aws:iam::*:role/fanout*"}}}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}}}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}""", "NotAllowed")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"Null":{"aws:MultiFactorAuthAge":"true"}}}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sqs:us-east-1:${aws:PrincipalAccount}:*"}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sqs:us-east-1:123456789012:${aws:PrincipalTag/team}"}""", "Unknown")]
    [InlineData("""{"Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sns:us-east-1:123456789012:${aws:PrincipalTag/team}"}""", "NotAllowed")]
    public void A_role_s_policy_is_evaluated(string statements, string decision) =>
        Assert.Equal(decision, $"{EvaluatePolicies.Of([Document(statements)], new IamRequest(Role, "sqs:SendMessage", Queue)).Decision}");

    [Fact]
    public void What_decides_is_named()
    {
        var request = new IamRequest(Role, "sqs:SendMessage", Queue);

        Assert.Equal("the statement No of the policy p denies it", EvaluatePolicies.Of([Document("""{"Sid":"No","Effect":"Deny","Action":"*","Resource":"*"}""")], request).Because);
        Assert.Equal(
            "a statement of the policy p allows it or not by the condition StringEquals aws:SourceVpce, which cannot be evaluated here",
            EvaluatePolicies.Of([Document("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:SourceVpce":"v"}}}""")], request).Because);
    }

    [Theory]
    [InlineData("\"*\"", "Allowed", true)]
    [InlineData("""{"AWS":"*"}""", "Allowed", true)]
    [InlineData("""{"AWS":["arn:aws:iam::123456789012:role/other","arn:aws:iam::123456789012:role/fanoutRole"]}""", "Allowed", true)]
    [InlineData("""{"AWS":"arn:aws:iam::123456789012:root"}""", "Allowed", false)]
    [InlineData("""{"AWS":"123456789012"}""", "Allowed", false)]
    [InlineData("""{"AWS":"210987654321"}""", "NotAllowed", false)]
    [InlineData("""{"Service":"lambda.amazonaws.com"}""", "NotAllowed", false)]
    public void A_resource_s_policy_is_for_its_principals(string principal, string decision, bool isDirect)
    {
        IamAnswer answer = EvaluatePolicies.Of([Document($$"""{"Effect":"Allow","Principal":{{principal}},"Action":"sqs:*","Resource":"*"}""")], new IamRequest(Role, "sqs:SendMessage", Queue));

        Assert.Equal((decision, isDirect), ($"{answer.Decision}", answer.IsDirect));
    }

    [Theory]
    [InlineData("", "text")]
    [InlineData("no JSON", "text")]
    [InlineData("[]", "text")]
    [InlineData("""{"Statement":"text"}""", "text")]
    [InlineData("""{"Statement":{"Effect":"Allow"}}""", "text")]
    public void What_is_no_policy_allows_nothing(string json, string action) =>
        Assert.Equal(IamDecision.NotAllowed, EvaluatePolicies.Of([IamDocument.Read("the policy p", json)], new IamRequest(Role, action, Queue)).Decision);

    [Theory]
    [InlineData("Allowed", null, true, false, "Allowed")]
    [InlineData("NotAllowed", "Allowed direct", true, false, "Allowed")]
    [InlineData("NotAllowed", "Allowed", true, false, "NotAllowed")]
    [InlineData("Allowed", "Denied", true, false, "Denied")]
    [InlineData("Allowed", null, false, false, "NotAllowed")]
    [InlineData("Allowed", "Allowed", false, false, "Allowed")]
    [InlineData("NotAllowed", "Allowed direct", false, false, "NotAllowed")]
    [InlineData("Allowed", "NotAllowed", true, true, "NotAllowed")]
    [InlineData("Denied", "Allowed direct", true, false, "Denied")]
    [InlineData("NotAllowed", "Unknown", true, false, "Unknown")]
    public void Role_and_resource_decide_together(string role, string? resource, bool isSameAccount, bool mustAllow, string decision)
    {
        IamAnswer? its = resource is null ? null : new IamAnswer(Enum.Parse<IamDecision>(resource.Split(' ')[0]), null, resource.EndsWith("direct", StringComparison.Ordinal));

        Assert.Equal(decision, $"{EvaluatePolicies.Together(new IamAnswer(Enum.Parse<IamDecision>(role)), its, isSameAccount, mustAllow).Decision}");
    }

    [Theory]
    [InlineData("arn:aws:s3:::bucket/dead/*", "arn:aws:s3:::bucket/dead/example")]
    [InlineData("arn:aws:iot:us-east-1:1:topic/a${*}b", "arn:aws:iot:us-east-1:1:topic/a*b")]
    [InlineData("*", "*")]
    public void What_a_role_would_name_fits_our_own_pattern(string pattern, string example)
    {
        Assert.Equal(example, IamPattern.Example(pattern));
        Assert.Equal(Truth.Yes, IamPattern.FitsWithVariables(pattern, example, new IamRequest(Role, "a:b", example)));
    }

    private static IamDocument Document(string statements) => IamDocument.Read("the policy p", $$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""");
}
