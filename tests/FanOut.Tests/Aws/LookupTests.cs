using FanOut.Aws.CloudWatch;
using FanOut.Aws.ElastiCache;
using FanOut.Aws.Kinesis;
using FanOut.Aws.OpenSearchService;
using FanOut.Aws.Sqs;

namespace FanOut.Tests.Aws;

/// <summary>Look-ups that moto answers in part or not at all; the answers are written after botocore's models.</summary>
public sealed class LookupTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_streams_greatest_record_and_pages_by_token()
    {
        await using Wire wire = new(
            """{"StreamDescriptionSummary":{"StreamName":"s","StreamARN":"a","StreamStatus":"UPDATING","RetentionPeriodHours":48,"StreamCreationTimestamp":1.79E9,"EnhancedMonitoring":[],"OpenShardCount":4,"StreamModeDetails":{"StreamMode":"ON_DEMAND"},"MaxRecordSizeInKiB":10240}}""",
            """{"StreamNames":["s"],"HasMoreStreams":true,"NextToken":"t","StreamSummaries":[{"StreamName":"s","StreamARN":"a","StreamStatus":"ACTIVE","StreamModeDetails":{"StreamMode":"ON_DEMAND"}}]}""",
            """{"StreamNames":[],"HasMoreStreams":false}""");
        using AmazonKinesisClient client = new(Wire.Credentials, wire.Config(AmazonKinesisClient.Service));

        StreamDescriptionSummary stream = (await client.DescribeStreamSummaryAsync(new() { StreamARN = "a" }, Cancellation)).StreamDescriptionSummary!;
        ListStreamsResponse first = await client.ListStreamsAsync(new() { Limit = 1 }, Cancellation);
        ListStreamsResponse second = await client.ListStreamsAsync(new() { NextToken = first.NextToken }, Cancellation);

        Assert.Equal(((int?)10_240, (int?)4, (int?)48, "UPDATING"), (stream.MaxRecordSizeInKiB, stream.OpenShardCount, stream.RetentionPeriodHours, stream.StreamStatus));
        StreamSummary summary = Assert.Single(first.StreamSummaries!);
        Assert.Equal(("s", "a", "ACTIVE", "ON_DEMAND"), (summary.StreamName, summary.StreamARN, summary.StreamStatus, summary.StreamModeDetails!.StreamMode));
        Assert.Equal((false, null, null), (second.HasMoreStreams!.Value, second.NextToken, second.StreamSummaries));
        Assert.Equal(["""{"StreamARN":"a"}""", """{"Limit":1}""", """{"NextToken":"t"}"""], wire.Arrived.Select(request => request.Text));
        Assert.Equal(
            ["Kinesis_20131202.DescribeStreamSummary", "Kinesis_20131202.ListStreams", "Kinesis_20131202.ListStreams"],
            wire.Arrived.Select(request => request.Header("x-amz-target")));
    }

    [Fact]
    public async Task Queues_page_by_page()
    {
        await using Wire wire = new("""{"QueueUrls":["http://q/1","http://q/2"],"NextToken":"t"}""", """{"QueueUrls":["http://q/3"],"NextToken":""}""");
        using AmazonSQSClient client = new(Wire.Credentials, wire.Config(AmazonSQSClient.Service));

        ListQueuesResponse first = await client.ListQueuesAsync(new() { MaxResults = 2 }, Cancellation);
        ListQueuesResponse second = await client.ListQueuesAsync(new() { MaxResults = 2, NextToken = first.NextToken }, Cancellation);

        Assert.Equal(["http://q/1", "http://q/2", "http://q/3"], first.QueueUrls!.Concat(second.QueueUrls!));
        Assert.Null(second.NextToken);
        Assert.Equal(["""{"MaxResults":2}""", """{"MaxResults":2,"NextToken":"t"}"""], wire.Arrived.Select(request => request.Text));
    }

    [Fact]
    public async Task Serverless_caches_page_by_page()
    {
        await using Wire wire = new(Page("<NextToken>t&amp;</NextToken>", "valkey"), Page("", "memcached"));
        using AmazonElastiCacheClient client = new(Wire.Credentials, wire.Config(AmazonElastiCacheClient.Service));

        DescribeServerlessCachesResponse first = await client.DescribeServerlessCachesAsync(new() { MaxResults = 1 }, Cancellation);
        DescribeServerlessCachesResponse second = await client.DescribeServerlessCachesAsync(new() { ServerlessCacheName = "c", NextToken = first.NextToken }, Cancellation);

        ServerlessCache cache = Assert.Single(first.ServerlessCaches!);
        Assert.Equal(
            ("c", "arn:aws:elasticache:us-east-1:1:serverlesscache:c", "available", "valkey", "c-1.serverless.use1.cache.amazonaws.com", (int?)6379),
            (cache.ServerlessCacheName, cache.ARN, cache.Status, cache.Engine, cache.Endpoint!.Address, cache.Endpoint.Port));
        Assert.Equal(("memcached", null), (Assert.Single(second.ServerlessCaches!).Engine, second.NextToken));
        Assert.Equal(
            [
                "Action=DescribeServerlessCaches&Version=2015-02-02&MaxResults=1",
                "Action=DescribeServerlessCaches&Version=2015-02-02&ServerlessCacheName=c&NextToken=t%26",
            ],
            wire.Arrived.Select(request => request.Text));

        static string Page(string token, string engine) => $"""
            <DescribeServerlessCachesResponse xmlns="http://elasticache.amazonaws.com/doc/2015-02-02/"><DescribeServerlessCachesResult>{token}<ServerlessCaches><member>
              <ServerlessCacheName>c</ServerlessCacheName><ARN>arn:aws:elasticache:us-east-1:1:serverlesscache:c</ARN><Status>available</Status><Engine>{engine}</Engine>
              <CreateTime>2026-11-01T12:00:00Z</CreateTime><SecurityGroupIds><SecurityGroupId>sg-1</SecurityGroupId></SecurityGroupIds>
              <Endpoint><Address>c-1.serverless.use1.cache.amazonaws.com</Address><Port>6379</Port></Endpoint><ReaderEndpoint><Address>x</Address><Port>6380</Port></ReaderEndpoint>
            </member></ServerlessCaches></DescribeServerlessCachesResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DescribeServerlessCachesResponse>
            """;
    }

    [Fact]
    public async Task A_clusters_nodes_and_its_configuration_endpoint()
    {
        await using Wire wire = new("""
            <DescribeCacheClustersResponse xmlns="http://elasticache.amazonaws.com/doc/2015-02-02/"><DescribeCacheClustersResult><Marker></Marker><CacheClusters><CacheCluster>
              <CacheClusterId>m</CacheClusterId><CacheClusterStatus>available</CacheClusterStatus><Engine>memcached</Engine><TransitEncryptionEnabled>true</TransitEncryptionEnabled>
              <ConfigurationEndpoint><Address>m.x.cfg.use1.cache.amazonaws.com</Address><Port>11211</Port></ConfigurationEndpoint><CacheParameterGroup><CacheNodeIdsToReboot/></CacheParameterGroup>
              <CacheNodes><CacheNode><CacheNodeId>0001</CacheNodeId><CacheNodeStatus>available</CacheNodeStatus><Endpoint><Address>m.x.0001.use1.cache.amazonaws.com</Address><Port>11211</Port></Endpoint></CacheNode>
                <CacheNode><CacheNodeId>0002</CacheNodeId><CacheNodeStatus>creating</CacheNodeStatus></CacheNode></CacheNodes>
            </CacheCluster><CacheCluster><CacheClusterId>r-001</CacheClusterId><ReplicationGroupId>r</ReplicationGroupId><TransitEncryptionEnabled>false</TransitEncryptionEnabled></CacheCluster>
            </CacheClusters></DescribeCacheClustersResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DescribeCacheClustersResponse>
            """);
        using AmazonElastiCacheClient client = new(Wire.Credentials, wire.Config(AmazonElastiCacheClient.Service));

        DescribeCacheClustersResponse response = await client.DescribeCacheClustersAsync(new() { ShowCacheNodeInfo = true, MaxRecords = 20 }, Cancellation);

        Assert.Equal("Action=DescribeCacheClusters&Version=2015-02-02&ShowCacheNodeInfo=true&MaxRecords=20", Assert.Single(wire.Arrived).Text);
        Assert.Null(response.Marker);
        Assert.Equal(["m", "r-001"], response.CacheClusters!.Select(cluster => cluster.CacheClusterId));
        CacheCluster memcached = response.CacheClusters![0];
        Assert.Equal(("available", (bool?)true, "m.x.cfg.use1.cache.amazonaws.com"), (memcached.CacheClusterStatus, memcached.TransitEncryptionEnabled, memcached.ConfigurationEndpoint!.Address));
        Assert.Equal(
            [("0001", "available", "m.x.0001.use1.cache.amazonaws.com"), ("0002", "creating", null)],
            memcached.CacheNodes!.Select(node => (node.CacheNodeId, node.CacheNodeStatus, node.Endpoint?.Address)));
        Assert.Equal(
            ("r", (bool?)false, null, null),
            (response.CacheClusters[1].ReplicationGroupId, response.CacheClusters[1].TransitEncryptionEnabled, response.CacheClusters[1].CacheNodes, response.CacheClusters[1].ConfigurationEndpoint));
    }

    [Fact]
    public async Task A_domain_in_a_VPC()
    {
        await using Wire wire = new("""
            {"DomainStatus":{"DomainId":"1/d","DomainName":"d","ARN":"arn:aws:es:us-east-1:1:domain/d","Created":true,"Deleted":false,"Processing":true,
             "Endpoints":{"vpc":"vpc-d-x.us-east-1.es.amazonaws.com"},"EngineVersion":"Elasticsearch_7.10","ClusterConfig":{"InstanceType":"r5.large.search","InstanceCount":2}}}
            """);
        using AmazonOpenSearchServiceClient client = new(Wire.Credentials, wire.Config(AmazonOpenSearchServiceClient.Service));

        DomainStatus domain = (await client.DescribeDomainAsync(new() { DomainName = "d" }, Cancellation)).DomainStatus!;

        Assert.Equal(["GET /2021-01-01/opensearch/domain/d"], wire.Lines);
        Assert.Equal(
            (null, "vpc-d-x.us-east-1.es.amazonaws.com", "Elasticsearch_7.10", (bool?)true, "r5.large.search"),
            (domain.Endpoint, domain.Endpoints!["vpc"], domain.EngineVersion, domain.Processing, domain.ClusterConfig!.InstanceType));
    }

    [Fact]
    public async Task A_metrics_values_page_by_page()
    {
        await using Wire wire = new(
            """{"MetricDataResults":[{"Id":"a","Label":"IteratorAge","Timestamps":[1793404860,1793404800],"Values":[1.5,2E3],"StatusCode":"PartialData","Messages":[]}],"NextToken":"t","Messages":[]}""",
            """{"MetricDataResults":[{"Id":"a","Timestamps":[],"Values":[],"StatusCode":"Complete"}]}""");
        using AmazonCloudWatchClient client = new(Wire.Credentials, wire.Config(AmazonCloudWatchClient.Service));
        GetMetricDataRequest request = new()
        {
            MetricDataQueries =
            [
                new() { Id = "a", MetricStat = new() { Metric = new() { Namespace = "AWS/Lambda", MetricName = "IteratorAge", Dimensions = [new() { Name = "FunctionName", Value = "f" }] }, Period = 60, Stat = "Maximum", Unit = "Milliseconds" } },
                new() { Id = "b", Expression = "a*2", ReturnData = false },
            ],
            StartTime = new DateTime(2026, 10, 31, 0, 0, 0, DateTimeKind.Utc),
            EndTime = new DateTime(2026, 10, 31, 0, 5, 0, DateTimeKind.Utc),
            MaxDatapoints = 2,
        };

        GetMetricDataResponse first = await client.GetMetricDataAsync(request, Cancellation);
        request.NextToken = first.NextToken;
        GetMetricDataResponse second = await client.GetMetricDataAsync(request, Cancellation);

        MetricDataResult result = Assert.Single(first.MetricDataResults!);
        Assert.Equal(("a", "IteratorAge", "PartialData"), (result.Id, result.Label, result.StatusCode));
        Assert.Equal([1.5, 2000], result.Values!);
        Assert.Equal([new DateTime(2026, 10, 31, 0, 1, 0, DateTimeKind.Utc), new DateTime(2026, 10, 31, 0, 0, 0, DateTimeKind.Utc)], result.Timestamps!);
        Assert.Null(second.NextToken);
        Assert.Equal(
            """{"MetricDataQueries":[{"Id":"a","MetricStat":{"Metric":{"Namespace":"AWS/Lambda","MetricName":"IteratorAge","Dimensions":[{"Name":"FunctionName","Value":"f"}]},"Period":60,"Stat":"Maximum","Unit":"Milliseconds"}},{"Id":"b","Expression":"a*2","ReturnData":false}],"StartTime":1793404800,"EndTime":1793405100,"MaxDatapoints":2}""",
            wire.Arrived[0].Text);
        Assert.Contains(",\"NextToken\":\"t\"}", wire.Arrived[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_listed_page_by_page()
    {
        await using Wire wire = new(
            """{"Metrics":[{"Namespace":"n","MetricName":"Records","Dimensions":[{"Name":"Source","Value":"s"},{"Name":"Function","Value":"f"}]}],"NextToken":"t","OwningAccounts":[]}""",
            """{"Metrics":[]}""");
        using AmazonCloudWatchClient client = new(Wire.Credentials, wire.Config(AmazonCloudWatchClient.Service));
        ListMetricsRequest request = new() { Namespace = "n", MetricName = "Records", Dimensions = [new() { Name = "Function", Value = "f" }] };

        ListMetricsResponse first = await client.ListMetricsAsync(request, Cancellation);
        request.NextToken = first.NextToken;
        ListMetricsResponse second = await client.ListMetricsAsync(request, Cancellation);

        Metric metric = Assert.Single(first.Metrics!);
        Assert.Equal(("n", "Records", "Source=s Function=f"), (metric.Namespace, metric.MetricName, string.Join(' ', metric.Dimensions!.Select(static d => $"{d.Name}={d.Value}"))));
        Assert.Empty(second.Metrics!);
        Assert.Null(second.NextToken);
        Assert.Equal("""{"Namespace":"n","MetricName":"Records","Dimensions":[{"Name":"Function","Value":"f"}]}""", wire.Arrived[0].Text);
        Assert.Contains(",\"NextToken\":\"t\"}", wire.Arrived[1].Text, StringComparison.Ordinal);
    }
}
