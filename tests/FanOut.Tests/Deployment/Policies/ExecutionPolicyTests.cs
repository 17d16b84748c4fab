using System.Text.Json;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;

namespace FanOut.Tests.Deployment.Policies;

public sealed class ExecutionPolicyTests
{
    private const string Table = "arn:aws:dynamodb:us-east-1:123456789012:table/customers/stream/2026-11-24T12:00:00.000";

    [Fact]
    public void A_function_alone_may_write_its_log_read_its_table_and_publish_its_metrics() => Assert.Equal(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "PublishMetrics",
              "Effect": "Allow",
              "Action": [
                "cloudwatch:PutMetricData"
              ],
              "Resource": [
                "*"
              ],
              "Condition": {
                "StringEquals": {
                  "cloudwatch:namespace": [
                    "Custom/FanOut"
                  ]
                }
              }
            },
            {
              "Sid": "ReadMappings",
              "Effect": "Allow",
              "Action": [
                "dynamodb:Query"
              ],
              "Resource": [
                "arn:aws:dynamodb:us-east-1:123456789012:table/fanoutTargets"
              ]
            },
            {
              "Sid": "RememberProgress",
              "Effect": "Allow",
              "Action": [
                "dynamodb:DeleteItem",
                "dynamodb:PutItem"
              ],
              "Resource": [
                "arn:aws:dynamodb:us-east-1:123456789012:table/fanoutTargets"
              ],
              "Condition": {
                "ForAllValues:StringLike": {
                  "dynamodb:LeadingKeys": [
                    "#progress:*"
                  ]
                }
              }
            },
            {
              "Sid": "WriteLogs",
              "Effect": "Allow",
              "Action": [
                "logs:CreateLogStream",
                "logs:PutLogEvents"
              ],
              "Resource": [
                "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/fanout:*"
              ]
            }
          ]
        }
        """.ReplaceLineEndings("\n"),
        ExecutionPolicy.Of(Given.Function() with { PublishesMetrics = true }).Json);

    [Fact]
    public void Metrics_that_do_not_go_to_CloudWatch_need_nothing() =>
        Assert.DoesNotContain("cloudwatch", ExecutionPolicy.Of(Given.Function() with { PublishesMetrics = false }).Json, StringComparison.Ordinal);

    [Fact]
    public void Sources_are_read_and_their_dropped_records_told()
    {
        FunctionFacts facts = Given.Function() with
        {
            Sources =
            [
                new ConnectedSource(Given.Orders + "/consumer/c:1", "arn:aws:sqs:us-east-1:123456789012:failed"),
                new ConnectedSource(Table, "arn:aws:s3:::failed"),
                new ConnectedSource("arn:aws:sns:us-east-1:123456789012:news", "arn:aws:sns:us-east-1:123456789012:failed"),
            ],
        };

        Assert.Equal(
            [
                "s3:ListBucket arn:aws:s3:::failed",
                "dynamodb:ListStreams *",
                "sns:Publish arn:aws:sns:us-east-1:123456789012:failed",
                "s3:PutObject arn:aws:s3:::failed/aws/lambda/*",
                $"kinesis:DescribeStreamConsumer {Given.Orders}/consumer/c:1",
                $"kinesis:SubscribeToShard {Given.Orders}/consumer/c:1",
                $"kinesis:DescribeStream {Given.Orders}",
                $"kinesis:DescribeStreamSummary {Given.Orders}",
                $"kinesis:GetRecords {Given.Orders}",
                $"kinesis:GetShardIterator {Given.Orders}",
                $"kinesis:ListShards {Given.Orders}",
                $"dynamodb:DescribeStream {Table}",
                $"dynamodb:GetRecords {Table}",
                $"dynamodb:GetShardIterator {Table}",
                "sqs:SendMessage arn:aws:sqs:us-east-1:123456789012:failed",
            ],
            ExecutionPolicy.Of(facts).Allowed());
    }

    [Fact]
    public void A_target_with_a_role_needs_that_role_and_nothing_else()
    {
        FunctionFacts facts = Given.Function(
            Given.Target(TargetType.Sqs, "arn:aws:sqs:us-east-1:210987654321:q", Given.Writer, "ext-1"),
            Given.Target(TargetType.Kinesis, "copy", Given.Writer, "ext-2"),
            Given.Target(TargetType.Redis, "cache.example.org", "arn:aws:iam::210987654321:role/never-assumed"));

        Assert.Equal([$"sts:AssumeRole {Given.Writer}"], ExecutionPolicy.Of(facts).Allowed());
    }

    [Theory]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:letters", "sqs:SendMessage arn:aws:sqs:us-east-1:123456789012:letters")]
    [InlineData("https://sqs.eu-west-1.amazonaws.com/210987654321/letters", "sqs:SendMessage arn:aws:sqs:eu-west-1:210987654321:letters")]
    [InlineData("http://127.0.0.1:4566/queue/letters", "sqs:SendMessage arn:aws:sqs:us-east-1:123456789012:letters")]
    [InlineData("arn:aws:sns:eu-west-1:210987654321:letters", "sns:Publish arn:aws:sns:eu-west-1:210987654321:letters")]
    [InlineData("s3://letters", "s3:PutObject arn:aws:s3:::letters/*")]
    [InlineData("s3://letters/of/mine/?region=cn-north-1", "s3:PutObject arn:aws-cn:s3:::letters/of/mine/*")]
    public void A_dead_letter_is_sent_to_as_the_function_itself_and_only_where_records_do_not_block(string place, string allowed)
    {
        Mapping mapping = Given.Target(TargetType.Kinesis, "copy", Given.Writer, region: "ap-south-1");

        Assert.Equal([$"sts:AssumeRole {Given.Writer}", allowed], ExecutionPolicy.Of(Given.Function(mapping.WithDeadLetter(place))).Allowed());
        Assert.Equal([$"sts:AssumeRole {Given.Writer}"], ExecutionPolicy.Of(Given.Function(mapping.WithDeadLetter(place, OnFailure.Block))).Allowed());
        Assert.DoesNotContain("letters", TargetRolePolicy.Of(Given.Writer, Given.Function(mapping.WithDeadLetter(place))).Json, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_of_a_dead_letter_is_used_by_the_function_also_where_a_role_of_that_account_sends()
    {
        const string Theirs = "arn:aws:kms:us-east-1:210987654321:key/theirs";
        FunctionFacts facts = Given.Function(Given.Target(TargetType.Kinesis, "copy", Given.Writer).WithDeadLetter("arn:aws:sqs:us-east-1:210987654321:letters")) with { Keys = [Theirs] };

        Assert.Contains($"kms:GenerateDataKey {Theirs}", ExecutionPolicy.Of(facts).Allowed());
    }

    [Fact]
    public void Keys_are_used_only_when_they_are_named()
    {
        const string Own = "arn:aws:kms:us-east-1:123456789012:key/own", Theirs = "arn:aws:kms:us-east-1:210987654321:key/theirs", Shared = "arn:aws:kms:us-east-1:333333333333:key/shared";
        FunctionFacts facts = Given.Function(Given.Target(TargetType.Kinesis, "copy", Given.Writer)) with { VariablesKey = Own, Keys = [Own, Theirs, Shared] };

        Assert.Equal(
            [
                $"kms:Decrypt {Own}", $"kms:Decrypt {Own}", $"kms:GenerateDataKey {Own}", $"kms:Decrypt {Shared}", $"kms:GenerateDataKey {Shared}",
            ],
            ExecutionPolicy.Of(facts).Allowed().Where(static a => a.StartsWith("kms", StringComparison.Ordinal)));
        Assert.Equal([$"kms:Decrypt {Theirs}", $"kms:GenerateDataKey {Theirs}"], TargetRolePolicy.Of(Given.Writer, facts).Allowed().Where(static a => a.StartsWith("kms", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_same_facts_give_the_same_bytes_in_whatever_order_they_come()
    {
        Mapping[] mappings =
        [
            Given.Target(TargetType.Sqs, "arn:aws:sqs:us-east-1:123456789012:b"), Given.Target(TargetType.Sqs, "https://sqs.us-east-1.amazonaws.com/123456789012/a"),
            Given.Target(TargetType.Sqs, "arn:aws:sqs:us-east-1:123456789012:a"), Given.Target(TargetType.Kinesis, "copy"), Given.Target(TargetType.Sns, "arn:aws:sns:us-east-1:123456789012:n"),
        ];
        ConnectedSource[] sources = [new(Given.Orders, "arn:aws:sqs:us-east-1:123456789012:c"), new(Table)];

        string json = ExecutionPolicy.Of(Given.Function(mappings) with { Sources = sources }).Json;

        Assert.Equal(json, ExecutionPolicy.Of(Given.Function([.. mappings.Reverse(), .. mappings]) with { Sources = [.. sources.Reverse()] }).Json);
        Assert.DoesNotContain('\r', json);
        using JsonDocument parsed = JsonDocument.Parse(json);
        JsonElement queues = parsed.RootElement.GetProperty("Statement").EnumerateArray().Single(static s => s.GetProperty("Sid").GetString() == "SendToQueues");
        Assert.Equal(["a", "b", "c"], queues.GetProperty("Resource").EnumerateArray().Select(static r => r.GetString()![^1..]));
    }

    [Fact]
    public void Characters_that_IAM_does_not_take_are_escaped()
    {
        string json = ExecutionPolicy.Of(Given.Function(Given.Target(TargetType.Iot, "iot.example.org#größe/数'<&"))).Json;

        Assert.All(json, static c => Assert.InRange(c, '\n', '\u007e'));
        using JsonDocument parsed = JsonDocument.Parse(json);
        Assert.Contains(
            "arn:aws:iot:us-east-1:123456789012:topic/größe/数'<&",
            parsed.RootElement.GetProperty("Statement").EnumerateArray().SelectMany(static s => s.GetProperty("Resource").EnumerateArray()).Select(static r => r.GetString()));
    }

    /// <summary>Every star that a policy can have, and why it has to be there. A star that is not in this list fails the test.</summary>
    [Fact]
    public void A_star_stands_only_where_there_is_no_way_around_it()
    {
        Dictionary<string, string> unavoidable = new()
        {
            ["PublishMetrics *"] = "CloudWatch has no resources for metrics; the condition names the namespace.",
            ["WriteLogs arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/fanout:*"] = "Lambda names the log streams.",
            ["ListTableStreams *"] = "ListStreams has no resource level.",
            ["ManageNetworkInterfaces arn:aws:ec2:us-east-1:123456789012:*/*"] = "Lambda's guide: all resource ids, or DeleteNetworkInterface keeps the function from its VPC.",
            ["DescribeNetworkInterfaces *"] = "EC2's Describe actions have no resource level.",
            ["PutToBuckets arn:aws:s3:::failed/aws/lambda/*"] = "Lambda names the objects.",
            ["PutToBuckets arn:aws:s3:::letters/of/mine/*"] = "Every object has a name of its own.",
            ["PostToIndexes arn:aws:es:us-east-1:123456789012:domain/*/orders/_bulk"] = "A host of one's own does not tell the domain.",
        };
        FunctionFacts facts = Given.Function(
            Given.Target(TargetType.Sns, "arn:aws:sns:us-east-1:123456789012:t"), Given.Target(TargetType.Sqs, "arn:aws:sqs:us-east-1:123456789012:q"), Given.Target(TargetType.Kinesis, "copy"),
            Given.Target(TargetType.Firehose, "lake"), Given.Target(TargetType.Iot, "iot.example.org#a*"), Given.Target(TargetType.Lambda, "next:live"),
            Given.Target(TargetType.Es, "search.example.org#orders"), Given.Target(TargetType.Es, "id.us-east-1.aoss.amazonaws.com#orders"), Given.Target(TargetType.Redis, "cache").WithDeadLetter("s3://letters/of/mine"),
            Given.Target(TargetType.Sqs, "arn:aws:sqs:us-east-1:210987654321:q", Given.Writer)) with
        {
            Sources = [new ConnectedSource(Given.Orders + "/consumer/c:1"), new ConnectedSource(Table, "arn:aws:s3:::failed")],
            IsInVpc = true,
            PublishesMetrics = true,
            VariablesKey = "arn:aws:kms:us-east-1:123456789012:key/own",
        };

        PolicyDocument policy = ExecutionPolicy.Of(facts);

        Assert.Equal(
            unavoidable.Keys.Order(StringComparer.Ordinal),
            policy.Statements.SelectMany(static s => s.Resources.Select(r => $"{s.Sid} {r}"))
                .Where(static r => r.Replace("${*}", "", StringComparison.Ordinal).Contains('*', StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(policy.Statements.SelectMany(static s => s.Actions), static a => a.Contains('*', StringComparison.Ordinal));
        Assert.Equal(policy.Statements.Count, policy.Statements.Select(static s => s.Sid).Distinct().Count());
    }
}
