using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;

namespace FanOut.Tests.Deployment.Policies;

/// <summary>The roles that the function assumes, and who may assume a role.</summary>
public sealed class RolePolicyTests
{
    [Fact]
    public void A_target_role_may_send_to_its_targets_in_its_own_account()
    {
        FunctionFacts facts = Given.Function(
            Given.Target(TargetType.Kinesis, "copy", Given.Writer, region: "eu-west-1"),
            Given.Target(TargetType.Sqs, "http://127.0.0.1:4566/q/q", Given.Writer),
            Given.Target(TargetType.Sns, "arn:aws:sns:us-east-1:210987654321:t", Given.Writer),
            Given.Target(TargetType.Lambda, "own"));

        Assert.Equal([Given.Writer], TargetRolePolicy.RolesOf(facts));
        Assert.Equal(
            [
                "sns:Publish arn:aws:sns:us-east-1:210987654321:t",
                "kinesis:PutRecords arn:aws:kinesis:eu-west-1:210987654321:stream/copy",
                "sqs:SendMessage arn:aws:sqs:us-east-1:210987654321:q",
            ],
            TargetRolePolicy.Of(Given.Writer, facts).Allowed());
    }

    [Fact]
    public void A_target_role_trusts_the_function_with_the_external_ids_of_its_mappings()
    {
        FunctionFacts facts = Given.Function(
            Given.Target(TargetType.Kinesis, "a", Given.Writer, "ext-2"), Given.Target(TargetType.Kinesis, "b", Given.Writer, "ext-1"), Given.Target(TargetType.Kinesis, "c", Given.Writer, "ext-2"));

        Assert.Equal(
            """
            {"Version":"2012-10-17","Statement":[{"Sid":"AllowFanOut","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/fanoutRole"},"Action":["sts:AssumeRole"],"Condition":{"StringEquals":{"sts:ExternalId":["ext-1","ext-2"]}}}]}
            """,
            string.Concat(TrustPolicy.ForRole(Given.Writer, facts).Json.Where(static c => !char.IsWhiteSpace(c))));
        Assert.Null(TrustPolicy.NoteOf(Given.Writer, facts));
    }

    [Theory]
    [InlineData(Given.Writer, "ext-1", null, true)]
    [InlineData(Given.Writer, null, null, true)]
    [InlineData("arn:aws:iam::123456789012:role/own", null, null, false)]
    [InlineData("arn:aws:iam::123456789012:role/own", "ext-1", null, true)]
    public void Where_one_mapping_hands_over_no_external_id_none_can_be_asked_for(string role, string? one, string? other, bool isSaid)
    {
        FunctionFacts facts = Given.Function(Given.Target(TargetType.Kinesis, "a", role, one, id: "one"), Given.Target(TargetType.Kinesis, "b", role, other, id: "other"));

        Assert.DoesNotContain("Condition", TrustPolicy.ForRole(role, facts).Json, StringComparison.Ordinal);
        Assert.Equal(isSaid, TrustPolicy.NoteOf(role, facts)?.Contains("'other'", StringComparison.Ordinal) == true);
    }

    // The principals of services end in amazonaws.com in every partition but for a handful of services, of which Lambda is none.
    [Fact]
    public void The_function_role_trusts_Lambda() => Assert.Equal(
        """{"Version":"2012-10-17","Statement":[{"Sid":"AllowLambda","Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":["sts:AssumeRole"]}]}""",
        string.Concat(TrustPolicy.ForFunction.Json.Where(static c => !char.IsWhiteSpace(c))));
}
