using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.LocalCloud;

/// <summary>AWS's own client reads what the services say of their resources.</summary>
public sealed class ControlPlaneTests : IAsyncLifetime
{
    private const int Timeout = 120_000;

    private readonly FanOut.LocalCloud.Cloud _cloud = FanOut.LocalCloud.Cloud.Start();
    private readonly LambdaService _lambda;

    public ControlPlaneTests()
    {
        _lambda = new(LambdaServiceOptions.Of(_cloud));
        _cloud.Add(_lambda);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _cloud.DisposeAsync();
        await _lambda.DisposeAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task AWSs_own_client_understands_every_description()
    {
        _lambda.Add("fanout", new RecordingFunction());
        _lambda.Add("other", new RecordingFunction());
        _cloud.Dynamo.CreateTable("targets", "id", streamView: "KEYS_ONLY");
        _cloud.Firehose.CreateDeliveryStream("d");
        _cloud.ElastiCache.CreateMemcachedCluster("m", nodes: 2);
        _cloud.ElastiCache.CreateReplicationGroup("g", shards: 2);
        _cloud.ElastiCache.CreateReplicationGroup("p");
        _cloud.ElastiCache.CreateServerlessCache("s");
        _cloud.OpenSearch.CreateDomain("search", isInVpc: true);

        string[] said = await Boto.RunAsync(_cloud, """
            l = client("lambda")
            c = l.update_function_configuration(FunctionName="fanout", Environment={"Variables": {"AB": "1"}}, Timeout=30)
            print(c["LastUpdateStatus"], c["Timeout"], c["Environment"])
            l.get_waiter("function_updated").wait(FunctionName="fanout")
            try: l.update_function_configuration(FunctionName="fanout", RevisionId="stale")
            except l.exceptions.PreconditionFailedException as e: print(e.response["Error"]["Code"])
            print(l.get_function(FunctionName="fanout")["Configuration"]["State"])
            print([f["FunctionName"] for p in l.get_paginator("list_functions").paginate(PaginationConfig={"PageSize": 1}) for f in p["Functions"]])
            d = client("dynamodb")
            d.put_item(TableName="targets", Item={"id": {"S": "1"}})
            try: d.put_item(TableName="targets", Item={"id": {"S": "1"}}, ConditionExpression="attribute_not_exists(id)", ReturnValuesOnConditionCheckFailure="ALL_OLD")
            except d.exceptions.ConditionalCheckFailedException as e: print(e.response["Item"])
            s = client("dynamodbstreams")
            print(len(s.describe_stream(StreamArn=s.list_streams(TableName="targets")["Streams"][0]["StreamArn"])["StreamDescription"]["Shards"]))
            print(client("firehose").list_delivery_streams()["DeliveryStreamNames"])
            print(client("iot").describe_endpoint(endpointType="iot:Data-ATS")["endpointAddress"].split(".")[1])
            e = client("elasticache")
            m = e.describe_cache_clusters(CacheClusterId="m", ShowCacheNodeInfo=True)["CacheClusters"][0]
            print(m["ConfigurationEndpoint"]["Port"], [n["CacheNodeId"] for n in m["CacheNodes"]])
            print([(g["ReplicationGroupId"], g["ClusterEnabled"], len(g["NodeGroups"]), "ConfigurationEndpoint" in g, "PrimaryEndpoint" in g["NodeGroups"][0]) for g in e.describe_replication_groups()["ReplicationGroups"]])
            print(e.describe_serverless_caches()["ServerlessCaches"][0]["Endpoint"]["Port"])
            try: e.describe_serverless_caches(ServerlessCacheName="none")
            except e.exceptions.ServerlessCacheNotFoundFault: print("none")
            o = client("opensearch")
            print(o.list_domain_names()["DomainNames"], list(o.describe_domain(DomainName="search")["DomainStatus"]["Endpoints"]))
            try: client("es").describe_elasticsearch_domain(DomainName="none")
            except client("es").exceptions.ResourceNotFoundException as e: print(e.response["ResponseMetadata"]["HTTPStatusCode"])
            """);

        Assert.Equal(
            [
                "InProgress 30 {'Variables': {'AB': '1'}}", "PreconditionFailedException", "Active", "['fanout', 'other']", "{'id': {'S': '1'}}", "1", "['d']", "iot",
                "11211 ['0001', '0002']", "[('g', True, 2, True, False), ('p', False, 1, False, True)]", "6379", "none",
                "[{'DomainName': 'search', 'EngineType': 'OpenSearch'}] ['vpc']", "409",
            ],
            said);
    }
}
