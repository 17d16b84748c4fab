using FanOut.LocalCloud;
using FanOut.LocalCloud.Policies;

namespace FanOut.Tests.LocalCloud.Policies;

public sealed class PolicyDocumentTests
{
    private const string Role = "arn:aws:iam::123456789012:role/r";
    private const string Stream = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"kinesis:PutRecords","Resource":"arn:aws:kinesis:us-east-1:123456789012:stream/orders"}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":"Kinesis:putrecords","Resource":"*"}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":["kinesis:Get*","kinesis:Put?ecords"],"Resource":"arn:aws:kinesis:*:*:stream/o*"}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","Action":"kinesis:PutRecord","Resource":"*"}""", "ImplicitDeny")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"arn:aws:kinesis:us-east-1:123456789012:stream/order"}""", "ImplicitDeny")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"arn:aws:kinesis:us-east-1:*"}""", null)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"arn:aws:kinesis:us-east-1:*:orders"}""", "ImplicitDeny")]
    [InlineData("""{"Effect":"Allow","NotAction":"kinesis:Get*","NotResource":"arn:aws:kinesis:*:*:stream/other"}""", "Allowed")]
    [InlineData("""{"Effect":"Allow","NotAction":"kinesis:*","Resource":"*"}""", "ImplicitDeny")]
    [InlineData("""{"Effect":"Allow","Action":"*","NotResource":"arn:aws:kinesis:*:*:stream/orders"}""", "ImplicitDeny")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"kinesis:Put*","Resource":"*"}""", "ExplicitDeny")]
    [InlineData("""{"Effect":"Deny","Action":"sqs:*","Resource":"*"},{"Effect":"Allow","Action":"*","Resource":"*"}""", "Allowed")]
    public void Statements_decide_together(string statements, string? decision)
    {
        if (decision is null)
        {
            Assert.Equal("MalformedPolicyDocument", Assert.Throws<ServiceException>(() => Policy(statements)).Code);
            return;
        }

        Assert.Equal(decision, PolicyStatement.Decide(Policy(statements).Statements, new AccessRequest("kinesis:PutRecords", Stream)).ToString());
    }

    [Theory]
    [InlineData("StringEquals", "\"abc\"", "abc", true)]
    [InlineData("StringEquals", "[\"x\",\"abc\"]", "abc", true)]
    [InlineData("StringEquals", "\"ab*\"", "abc", false)]
    [InlineData("StringEquals", "\"abc\"", null, false)]
    [InlineData("StringEqualsIfExists", "\"abc\"", null, true)]
    [InlineData("StringEqualsIfExists", "\"abc\"", "x", false)]
    [InlineData("StringLike", "\"a*c\"", "abbc", true)]
    [InlineData("StringNotEquals", "[\"x\",\"abc\"]", "abc", false)]
    [InlineData("StringNotEquals", "\"x\"", "abc", true)]
    [InlineData("StringNotLike", "\"x\"", null, true)]
    [InlineData("ArnLike", "\"arn:aws:iam::*:role/r\"", Role, true)]
    [InlineData("ArnLike", "\"arn:aws:iam:*:role/r\"", Role, false)]
    [InlineData("ArnNotEquals", "\"arn:aws:iam::*:role/r\"", Role, false)]
    public void A_condition_holds_or_not(string test, string values, string? actual, bool holds)
    {
        ParsedPolicy policy = Policy($$$$$"""{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*","Condition":{"{{{{{test}}}}}":{"STS:externalid":{{{{{values}}}}}}}}""");

        AccessDecision decision = PolicyStatement.Decide(policy.Statements, new AccessRequest("sts:AssumeRole", Role).With("sts:ExternalId", actual));

        Assert.Equal(holds ? AccessDecision.Allowed : AccessDecision.ImplicitDeny, decision);
    }

    [Theory]
    [InlineData("""{"NumericLessThan":{"sts:ExternalId":"1"}}""", "NumericLessThan")]
    [InlineData("""{"StringEquals":{"aws:PrincipalTag/team":"x"}}""", "aws:PrincipalTag/team")]
    [InlineData("""{"StringLike":{"sts:ExternalId":"${aws:username}"}}""", "policy variables")]
    public void What_cannot_be_evaluated_is_refused_and_never_true(string condition, string named)
    {
        ServiceException error = Assert.Throws<ServiceException>(
            () => Policy($$"""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{condition}}}"""));

        Assert.Equal("UnsupportedByStandIn", error.Code);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not JSON", "Syntax errors in policy.")]
    [InlineData("[]", "Syntax errors in policy.")]
    [InlineData("""{"Version":"2012-10-17"}""", "Syntax errors in policy.")]
    [InlineData("""{"Version":"2020-01-01","Statement":[]}""", "Policy document must be version 2012-10-17 or greater.")]
    [InlineData("""{"Statement":{"Effect":"Maybe","Action":"a:b","Resource":"*"}}""", "Syntax errors in policy.")]
    [InlineData("""{"Statement":{"Effect":"Allow","Actions":"a:b","Resource":"*"}}""", "Syntax errors in policy.")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"a:b","NotAction":"a:c","Resource":"*"}}""", "Syntax errors in policy.")]
    [InlineData("""{"Statement":{"Effect":"Allow","Resource":"*"}}""", "Policy statement must contain actions.")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"a:b"}}""", "Policy statement must contain resources.")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"PutRecords","Resource":"*"}}""", "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"a:b","Resource":"orders"}}""", "Resource orders must be in ARN format or \"*\".")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"a:b","Resource":"*","Principal":"*"}}""", "Policy document should not specify a principal.")]
    [InlineData("""{"Statement":[{"Sid":"A","Effect":"Allow","Action":"a:b","Resource":"*"},{"Sid":"A","Effect":"Allow","Action":"a:b","Resource":"*"}]}""", "Statement IDs (SID) in a single policy must be unique.")]
    public void A_malformed_policy_is_refused_in_IAMs_words(string text, string message)
    {
        ServiceException error = Assert.Throws<ServiceException>(() => ParsedPolicy.OfIdentity(text));

        Assert.Equal(("MalformedPolicyDocument", message), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole"}}""", "AssumeRole policy must contain principals.")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"*"},"Resource":"*"}}""", "Has prohibited field Resource")]
    public void A_trust_policy_names_principals_and_no_resource(string text, string message) =>
        Assert.Equal(message, Assert.Throws<ServiceException>(() => ParsedPolicy.OfTrust(text)).Message);

    private static ParsedPolicy Policy(string statements) => ParsedPolicy.OfIdentity($$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""");
}
