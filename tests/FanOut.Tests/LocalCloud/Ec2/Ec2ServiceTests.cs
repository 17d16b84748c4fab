using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.Ec2;
using FanOut.LocalCloud.Ec2;

namespace FanOut.Tests.LocalCloud.Ec2;

public sealed class Ec2ServiceTests : CloudTests
{
    [Fact]
    public async Task Subnets_come_page_by_page_and_filtered_by_region_and_VPC()
    {
        for (int i = 0; i < 7; i++)
        {
            Cloud.Ec2.Add(new Ec2Subnet($"subnet-{i}", i < 6 ? "vpc-1" : "vpc-2", $"10.0.{i}.0/24", "us-east-1a") { Name = i == 0 ? "a & b" : null });
        }

        Cloud.Ec2.Add(new Ec2Subnet("subnet-far", "vpc-3", "10.1.0.0/24", "eu-west-1a"));
        using AmazonEC2Client client = Client();

        DescribeSubnetsResponse first = await client.DescribeSubnetsAsync(new() { MaxResults = 5 }, Cancellation);
        DescribeSubnetsResponse second = await client.DescribeSubnetsAsync(new() { MaxResults = 5, NextToken = first.NextToken }, Cancellation);
        DescribeSubnetsResponse filtered = await client.DescribeSubnetsAsync(
            new() { Filters = [new NetworkFilter("vpc-id", ["vpc-2", "vpc-9"]), new NetworkFilter("subnet-id", ["subnet-0", "subnet-6"])] }, Cancellation);

        Assert.Equal(["subnet-0", "subnet-1", "subnet-2", "subnet-3", "subnet-4", "subnet-5", "subnet-6"], first.Subnets!.Concat(second.Subnets!).Select(static s => s.SubnetId));
        Assert.Equal((5, null), (first.Subnets!.Count, second.NextToken));
        Subnet subnet = first.Subnets[0];
        Assert.Equal(("vpc-1", "10.0.0.0/24", "us-east-1a", "a & b"), (subnet.VpcId, subnet.CidrBlock, subnet.AvailabilityZone, subnet.Tags!["Name"]));
        Assert.Equal("subnet-6", Assert.Single(filtered.Subnets!).SubnetId);
    }

    [Fact]
    public async Task Security_groups_are_those_of_a_VPC()
    {
        Cloud.Ec2.Add(new Ec2SecurityGroup("sg-1", "vpc-1", "web", "for the web"));
        Cloud.Ec2.Add(new Ec2SecurityGroup("sg-2", "vpc-2", "db", "for tables"));
        using AmazonEC2Client client = Client();

        DescribeSecurityGroupsResponse found = await client.DescribeSecurityGroupsAsync(new() { Filters = [new NetworkFilter("vpc-id", ["vpc-2"])] }, Cancellation);

        SecurityGroup group = Assert.Single(found.SecurityGroups!);
        Assert.Equal(("sg-2", "vpc-2", "db", "for tables"), (group.GroupId, group.VpcId, group.GroupName, group.Description));
    }

    [Fact]
    public async Task Route_tables_and_endpoints_are_those_of_a_VPC()
    {
        Cloud.Ec2.Add(new Ec2RouteTable("rtb-1", "vpc-1") { Subnets = ["subnet-1"], Routes = new Dictionary<string, string> { ["0.0.0.0/0"] = "nat-1", ["::/0"] = "eigw-1", ["pl-1"] = "vpce-1", ["10.1.0.0/16"] = "pcx-1" } });
        Cloud.Ec2.Add(new Ec2RouteTable("rtb-2", "vpc-2") { IsMain = false });
        Cloud.Ec2.Add(new Ec2VpcEndpoint("vpce-1", "vpc-1", "com.amazonaws.us-east-1.dynamodb") { RouteTables = ["rtb-1", "rtb-3"] });
        Cloud.Ec2.Add(new Ec2VpcEndpoint("vpce-2", "vpc-1", "com.amazonaws.us-east-1.sqs") { State = "pending" });
        Cloud.Ec2.Add(new Ec2VpcEndpoint("vpce-3", "vpc-2", "com.amazonaws.us-east-1.sqs"));
        using AmazonEC2Client client = Client();

        RouteTable table = Assert.Single((await client.DescribeRouteTablesAsync(new() { Filters = [new NetworkFilter("vpc-id", ["vpc-1"])] }, Cancellation)).RouteTables!);
        DescribeRouteTablesResponse first = await client.DescribeRouteTablesAsync(new() { MaxResults = 1 }, Cancellation);
        DescribeRouteTablesResponse second = await client.DescribeRouteTablesAsync(new() { MaxResults = 1, NextToken = first.NextToken }, Cancellation);
        VpcEndpoint[] endpoints = [.. (await client.DescribeVpcEndpointsAsync(new() { Filters = [new NetworkFilter("vpc-id", ["vpc-1"])] }, Cancellation)).VpcEndpoints!];

        Assert.Equal(("rtb-1", "vpc-1", true, "subnet-1"), (table.RouteTableId, table.VpcId, table.IsMain, string.Join(' ', table.SubnetIds!)));
        Assert.Equal(["10.0.0.0/16 local active", "0.0.0.0/0 nat-1 active", "::/0 eigw-1 active", "pl-1 vpce-1 active", "10.1.0.0/16 pcx-1 active"], table.Routes!.Select(static r => $"{r.Destination} {r.Target} {r.State}"));
        Assert.Equal(("rtb-2", false, null), (Assert.Single(second.RouteTables!).RouteTableId, second.RouteTables![0].IsMain, second.NextToken));
        Assert.Equal(
            ["vpce-1 Gateway com.amazonaws.us-east-1.dynamodb available False rtb-1,rtb-3", "vpce-2 Interface com.amazonaws.us-east-1.sqs pending True "],
            endpoints.Select(static e => $"{e.VpcEndpointId} {e.VpcEndpointType} {e.ServiceName} {e.State} {e.PrivateDnsEnabled} {string.Join(',', e.RouteTableIds!)}"));
    }

    [Fact]
    public async Task An_error_has_its_code()
    {
        Cloud.Ec2.Add(new Ec2Subnet("subnet-1", "vpc-1", "10.0.0.0/24", "us-east-1a"));
        using AmazonEC2Client client = Client();

        AmazonEC2Exception refused = await Assert.ThrowsAsync<AmazonEC2Exception>(
            () => client.DescribeSubnetsAsync(new() { Filters = [new NetworkFilter("colour", ["red"])] }, Cancellation));

        Assert.Equal(("InvalidParameterValue", "The filter 'colour' is invalid"), (refused.ErrorCode, refused.Message));
        Assert.NotEmpty(refused.RequestId);
    }

    [Fact]
    public async Task Botocore_reads_answers_and_errors()
    {
        // Its clock is the real one.
        await using FanOut.LocalCloud.Cloud cloud = FanOut.LocalCloud.Cloud.Start();
        cloud.Ec2.Add(new Ec2Subnet("subnet-1", "vpc-1", "10.0.0.0/24", "us-east-1a") { Name = "a" });
        cloud.Ec2.Add(new Ec2SecurityGroup("sg-1", "vpc-1", "web", "for the web"));
        cloud.Ec2.Add(new Ec2RouteTable("rtb-1", "vpc-1") { Routes = new Dictionary<string, string> { ["0.0.0.0/0"] = "nat-1" } });
        cloud.Ec2.Add(new Ec2VpcEndpoint("vpce-1", "vpc-1", "com.amazonaws.us-east-1.s3") { RouteTables = ["rtb-1"] });

        string[] printed = await Boto.RunAsync(cloud, """
            ec2 = client("ec2")
            s = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": ["vpc-1"]}])["Subnets"][0]
            print(s["SubnetId"], s["CidrBlock"], s["Tags"][0]["Value"])
            g = ec2.describe_security_groups()["SecurityGroups"][0]
            print(g["GroupId"], g["GroupName"], g["Description"])
            t = ec2.describe_route_tables()["RouteTables"][0]
            print(t["RouteTableId"], t["Associations"][0]["Main"], t["Routes"][1]["NatGatewayId"])
            e = ec2.describe_vpc_endpoints()["VpcEndpoints"][0]
            print(e["VpcEndpointId"], e["VpcEndpointType"], e["RouteTableIds"], e["PrivateDnsEnabled"])
            try: ec2.describe_subnets(Filters=[{"Name": "colour", "Values": ["red"]}])
            except Exception as e: print(e.response["Error"]["Code"])
            """);

        Assert.Equal(["subnet-1 10.0.0.0/24 a", "sg-1 web for the web", "rtb-1 True nat-1", "vpce-1 Gateway ['rtb-1'] False", "InvalidParameterValue"], printed);
    }

    private AmazonEC2Client Client() => new(new BasicAWSCredentials("a", "b"), new AwsClientConfig(AmazonEC2Client.Service, "us-east-1", Cloud.Endpoint));
}
