using FanOut.Aws.Ec2;
using FanOut.Aws.Lambda;
using FanOut.Engine.Mappings;
using FanOut.Network;

namespace FanOut.Tests.Network;

/// <summary>What a function in a VPC does not reach: what docs/vpc.md says in a table.</summary>
public sealed class NetworkProblemsTests
{
    private const string Region = "eu-west-1";

    private static readonly RouteTable Closed = new() { RouteTableId = "rtb-1", Routes = [new() { Destination = "10.0.0.0/16", Target = "local" }] };

    public static TheoryData<string, string, string> Targets => new()
    {
        { "kinesis", "copy", "Kinesis kinesis-streams" },
        { "kinesis", "arn:aws:kinesis:us-east-1:123456789012:stream/copy", "Kinesis in us-east-1: another region" },
        { "firehose", "archive", "Firehose kinesis-firehose" },
        { "events", "arn:aws:events:eu-west-1:123456789012:event-bus/orders", "EventBridge events" },
        { "states", "arn:aws:states:eu-west-1:123456789012:stateMachine:bill", "Step Functions states" },
        { "sqs", "https://sqs.eu-west-1.amazonaws.com/123456789012/q", "SQS sqs" },
        { "sqs", "http://127.0.0.1:4566/123456789012/q", "" },
        { "sns", "arn:aws:sns:eu-west-1:123456789012:t", "SNS sns" },
        { "lambda", "receiver", "Lambda lambda" },
        { "iot", "abc-ats.iot.eu-west-1.amazonaws.com#shop/orders", "AWS IoT iot.data" },
        { "es", "search-orders-abc.eu-west-1.es.amazonaws.com#orders", "search-orders-abc.eu-west-1.es.amazonaws.com: what is public" },
        { "http", "https://api.example.com:8443/in", "api.example.com: what is public" },
        { "es", "vpc-orders-abc.eu-west-1.es.amazonaws.com#orders", "" },
        { "es", "abc.eu-west-1.aoss.amazonaws.com#orders", "" },
        { "es", "search.example.com#orders", "" },
        { "redis", "name.abc.ng.0001.euw1.cache.amazonaws.com:6379", "" },
        { "memcached", "name.abc.cfg.euw1.cache.amazonaws.com:11211", "" },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public void Each_type_of_target_needs_its_endpoint_and_the_table_needs_its_own(string type, string destination, string expected)
    {
        string[] problems = Problems([Target(type, destination)], new(Vpc, [Closed], []));

        Assert.Equal(
            "The function does not reach DynamoDB, for the table fanoutTargets: vpc-1 has neither an endpoint for it nor a NAT gateway for subnet-1, subnet-2. "
            + "aws ec2 create-vpc-endpoint --vpc-id vpc-1 --service-name com.amazonaws.eu-west-1.dynamodb --vpc-endpoint-type Gateway --route-table-ids rtb-1 --region eu-west-1",
            problems[0]);
        Assert.Equal(expected.Length == 0 ? 1 : 2, problems.Length);
        if (expected.EndsWith(" region", StringComparison.Ordinal) || expected.EndsWith(" public", StringComparison.Ordinal))
        {
            Assert.Matches($"^The function does not reach {expected.Replace(":", ", for the target t:", StringComparison.Ordinal)} takes a NAT gateway .*subnet-1, subnet-2\\.$", problems[1].Replace(" or a peering", "", StringComparison.Ordinal).Replace("gateway,", "gateway ,", StringComparison.Ordinal));
        }
        else if (expected.Length > 0)
        {
            string service = expected.Split(' ')[^1];
            Assert.StartsWith($"The function does not reach {expected[..^(service.Length + 1)]}, for the target t: ", problems[1], StringComparison.Ordinal);
            Assert.EndsWith($"--service-name com.amazonaws.eu-west-1.{service} --vpc-endpoint-type Interface --subnet-ids subnet-1 subnet-2 --security-group-ids <ids> --region eu-west-1", problems[1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Roles_dead_letters_and_metrics_need_theirs_and_targets_that_share_one_are_named_together()
    {
        Mapping[] mappings =
        [
            Target("sqs", "https://sqs.eu-west-1.amazonaws.com/123456789012/q", "a") with { Role = "arn:aws:iam::210987654321:role/w" },
            .. Enumerable.Range(1, 6).Select(i => Target("redis", "cache:6379", $"b{i}") with { DeadLetter = Letters("arn:aws:sqs:eu-west-1:123456789012:dead"), OnFailure = OnFailure.DeadLetter }),
            Target("redis", "cache:6379", "c") with { DeadLetter = Letters("s3://dead/c"), OnFailure = OnFailure.DeadLetter },
            Target("redis", "cache:6379", "d") with { DeadLetter = Letters("arn:aws:sns:eu-west-1:123456789012:dead"), OnFailure = OnFailure.Block },
        ];

        string[] problems = Problems(mappings, new(Vpc, [Closed], [Gateway("dynamodb", "rtb-1")]), new() { ["FANOUT_METRICS"] = "cloudwatch" });

        Assert.Equal(
            ["SQS, for the targets a, b1, b2, b3, b4 and 2 more", "STS, for the target a", "S3, for the target c", "CloudWatch, for the metrics"],
            problems.Select(static p => p["The function does not reach ".Length..p.IndexOf(':', StringComparison.Ordinal)]));
        Assert.Contains("com.amazonaws.eu-west-1.s3 --vpc-endpoint-type Gateway", problems[2], StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_may_be_in_the_VPC_where_private_networks_are_allowed() => Assert.Empty(
        Problems([Target("http", "https://orders.internal.example.com/in")], new(Vpc, [Closed], [Gateway("dynamodb", "rtb-1")]), new() { ["FANOUT_HTTP_NETWORKS"] = "10.0.0.0/8" }));

    [Fact]
    public void The_secret_of_an_endpoints_headers_needs_its_way() => Assert.Contains(
        "The function does not reach Secrets Manager, for the target t: ",
        Assert.Single(Problems(
            [Target("http", "https://orders.internal.example.com/in") with { HeadersSecret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:key-a1B2c3" }],
            new(Vpc, [Closed], [Gateway("dynamodb", "rtb-1")]), new() { ["FANOUT_HTTP_NETWORKS"] = "10.0.0.0/8" })), StringComparison.Ordinal);

    public static TheoryData<string, bool> Ways => new()
    {
        { "0.0.0.0/0 nat-1", true }, { "0.0.0.0/0 tgw-1", true }, { "10.9.0.0/16 tgw-1", true }, { "10.9.0.0/16 pcx-1", true }, { "0.0.0.0/0 vgw-1", true }, { "0.0.0.0/0 vpce-1", true },
        { "0.0.0.0/0 igw-1", false }, { "pl-1 vpce-1", false }, { "::/0 eigw-1", false }, { "0.0.0.0/0 nat-1 blackhole", false },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_may_be_reached_by_a_way_out_of_the_VPC_is_no_problem(string route, bool isWayOut)
    {
        string[] parts = route.Split(' ');
        RouteTable table = new() { RouteTableId = "rtb-1", Routes = [.. Closed.Routes!, new() { Destination = parts[0], Target = parts[1], State = parts.ElementAtOrDefault(2) ?? "active" }] };

        string[] problems = Problems([], new(Vpc, [table], []));

        Assert.Equal(isWayOut ? 0 : 1, problems.Length);
        Assert.Equal(parts[1] == "igw-1", problems.Any(static p => p.Contains("an internet gateway is of no use to a function", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_function_with_IPv6_may_have_its_way_by_that()
    {
        RouteTable table = new() { RouteTableId = "rtb-1", Routes = [new() { Destination = "::/0", Target = "eigw-1" }] };

        Assert.Empty(Problems([], new(new() { VpcId = "vpc-1", SubnetIds = ["subnet-1"], Ipv6AllowedForDualStack = true }, [table], [])));
    }

    [Fact]
    public void A_gateway_must_be_in_the_route_table_of_each_subnet_without_a_way_out()
    {
        RouteTable other = new() { RouteTableId = "rtb-2", Routes = Closed.Routes }, open = new() { RouteTableId = "rtb-3", Routes = [new() { Destination = "0.0.0.0/0", Target = "nat-1", State = "active" }] };

        Assert.Empty(Problems([], new(Vpc, [Closed, open], [Gateway("dynamodb", "rtb-1")])));
        Assert.Contains("--route-table-ids rtb-1 rtb-2 ", Assert.Single(Problems([], new(Vpc, [Closed, other, open], [Gateway("dynamodb", "rtb-1")]))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("com.amazonaws.eu-west-1.sqs", true)]
    [InlineData("cn.com.amazonaws.eu-west-1.sqs", true)]
    [InlineData("com.amazonaws.eu-west-1.sqs-fips", true)]
    [InlineData("com.amazonaws.eu-central-1.sqs", false)]
    [InlineData("com.amazonaws.eu-west-1.sns", false)]
    public void An_interface_of_the_service_and_region_is_enough(string name, bool isEnough)
    {
        VpcEndpoint endpoint = new() { VpcEndpointId = "vpce-2", VpcEndpointType = "Interface", ServiceName = name, PrivateDnsEnabled = true };

        Assert.Equal(isEnough ? 0 : 1, Problems([Target("sqs", "https://sqs.eu-west-1.amazonaws.com/123456789012/q")], new(Vpc, [Closed], [Gateway("dynamodb", "rtb-1"), endpoint])).Length);
    }

    [Fact]
    public void An_interface_that_does_not_have_the_name_of_the_service_is_told()
    {
        VpcEndpoint sqs = new() { VpcEndpointId = "vpce-2", ServiceName = "com.amazonaws.eu-west-1.sqs", PrivateDnsEnabled = false };
        VpcEndpoint iot = new() { VpcEndpointId = "vpce-3", ServiceName = "com.amazonaws.eu-west-1.iot.data", PrivateDnsEnabled = false };
        Mapping[] mappings = [Target("sqs", "https://sqs.eu-west-1.amazonaws.com/123456789012/q"), Target("iot", "abc-ats.iot.eu-west-1.amazonaws.com#a")];

        Assert.Equal(
            "The function does not reach SQS, for the target t: the endpoint vpce-2 of vpc-1 does not have the service's name (private DNS). aws ec2 modify-vpc-endpoint --vpc-endpoint-id vpce-2 --private-dns-enabled --region eu-west-1",
            Assert.Single(Problems(mappings, new(Vpc, [Closed], [Gateway("dynamodb", "rtb-1"), sqs, iot]))));
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL", 0)]
    [InlineData("AWS_ENDPOINT_URL_SQS", 1)]
    [InlineData("AWS_ENDPOINT_URL_SNS", 2)]
    public void Nothing_is_said_of_a_service_that_is_called_elsewhere(string variable, int count) =>
        Assert.Equal(count, Problems([Target("sqs", "https://sqs.eu-west-1.amazonaws.com/123456789012/q")], new(Vpc, [Closed], []), new() { [variable] = "http://proxy" }).Length);

    [Fact]
    public void Outside_of_a_VPC_its_caches_and_domains_are_not_reached()
    {
        Mapping[] mappings =
        [
            Target("redis", "name.abc.ng.0001.euw1.cache.amazonaws.com:6379", "a"), Target("es", "vpc-orders-abc.eu-west-1.es.amazonaws.com#orders", "b"),
            Target("redis", "cache.example.com:6379", "c"), Target("es", "search-orders-abc.eu-west-1.es.amazonaws.com#orders", "d"),
        ];

        Assert.Equal(
            ["The function is in no VPC, from which alone the targets a, b can be reached. Publish-FanOutFunction -Subnet <ids> -SecurityGroup <ids> -FunctionName 'f' -Region eu-west-1"],
            new NetworkProblems(Region, "f").OutsideOfVpc(mappings));
        Assert.Empty(new NetworkProblems(Region, "f").OutsideOfVpc(mappings[2..]));
    }

    private static VpcConfigDetail Vpc => new() { VpcId = "vpc-1", SubnetIds = ["subnet-1", "subnet-2"] };

    private static string[] Problems(IEnumerable<Mapping> mappings, FunctionNetwork network, Dictionary<string, string>? variables = null) =>
        [.. new NetworkProblems(Region, "fanout").Of(new NetworkNeeds(Region, "fanoutTargets", variables ?? []).Of(mappings), network)];

    private static VpcEndpoint Gateway(string service, string table) => new() { VpcEndpointId = "vpce-1", VpcEndpointType = "Gateway", ServiceName = $"com.amazonaws.eu-west-1.{service}", RouteTableIds = [table] };

    private static Mapping Target(string type, string destination, string id = "t")
    {
        Assert.True(MappingText.TryParse(type, out TargetType parsed));
        Assert.True(Destination.TryParse(parsed, destination, out Destination? place, out _));
        return new Mapping { SourceArn = "arn:aws:kinesis:eu-west-1:123456789012:stream/orders", Id = id, Type = parsed, Destination = place, Active = true };
    }

    private static Destination Letters(string text)
    {
        Assert.True(Destination.TryParseDeadLetter(text, out Destination? place, out _));
        return place;
    }
}
