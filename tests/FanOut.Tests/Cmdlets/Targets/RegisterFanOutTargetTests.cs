using System.Management.Automation;

namespace FanOut.Tests.Cmdlets.Targets;

public sealed class RegisterFanOutTargetTests : IAsyncDisposable
{
    private readonly CloudSession _session = new();

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("sns", "arn:aws:sns:us-east-1:123456789012:topic")]
    [InlineData("sqs", "https://sqs.us-east-1.amazonaws.com/123456789012/q")]
    [InlineData("sqs", "arn:aws:sqs:us-east-1:123456789012:q")]
    [InlineData("es", "search-orders-abc.us-east-1.es.amazonaws.com#orders")]
    [InlineData("kinesis", "arn:aws:kinesis:us-east-1:123456789012:stream/copy")]
    [InlineData("firehose", "arn:aws:firehose:us-east-1:123456789012:deliverystream/archive")]
    [InlineData("iot", "abc-ats.iot.us-east-1.amazonaws.com#orders/new")]
    [InlineData("iot", "abc-ats.iot.us-east-1.amazonaws.com#$aws/rules/archive/orders")]
    [InlineData("iot", "abc-ats.iot.us-east-1.amazonaws.com#$aws/things/lamp/shadow/update")]
    [InlineData("lambda", "arn:aws:lambda:us-east-1:123456789012:function:worker:live")]
    [InlineData("events", "arn:aws:events:us-east-1:123456789012:event-bus/orders")]
    [InlineData("states", "arn:aws:states:us-east-1:123456789012:stateMachine:bill:live")]
    [InlineData("memcached", "name.abc.cfg.use1.cache.amazonaws.com:11211")]
    [InlineData("redis", "rediss://master.name.abc.use1.cache.amazonaws.com:6379")]
    [InlineData("http", "https://api.example.com:8443/orders?version=2")]
    public void What_is_given_in_full_is_taken_as_it_is_without_a_look_up(string type, string destination)
    {
        PowerShellResult result = _session.Run($"Register-FanOutTarget {type} t1 '{destination}' -SourceArn {CloudSession.Orders}");

        Assert.Equal((type, destination, false), (result.Property("Type"), result.Property("Destination"), result.Property("Enabled")));
        Assert.Equal(["dynamodb:GetItem", "dynamodb:PutItem"], _session.Calls.Where(static c => c.StartsWith("dynamodb", StringComparison.Ordinal)));

        // A bus is looked for all the same, to warn of one that is not there: EventBridge would not tell.
        Assert.DoesNotContain(_session.Calls, static c => c.Contains("Describe", StringComparison.Ordinal) && c != "events:DescribeEventBus");
        Assert.Equal(destination, Assert.Single(_session.Rows).GetProperty("destination").GetProperty("S").GetString());
    }

    [Fact]
    public void All_settings_land_in_the_row_under_the_names_of_the_original_tool()
    {
        _session.Run($"""
            Register-FanOutTarget kinesis x1 arn:aws:kinesis:eu-west-1:210987654321:stream/other -SourceArn {CloudSession.Orders} -Enabled -DestinationRegion eu-west-1 `
                -DestinationRoleArn arn:aws:iam::210987654321:role/x -ExternalId ext-1 -Collapse concat-b64 -Parallel:$false -ConvertDDB -Deaggregate -Unpack CLOUDWATCHLOGS -AppendNewlines `
                -View both -Passthrough -MaxItemBytes 1000 -MaxBatchBytes 5000 -DeadLetter s3://letters/orders?region=eu-west-1 -OnFailure BLOCK
            """).ThrowIfFailed();

        Assert.Equal(
            """{"active":{"BOOL":true},"appendNewlines":{"BOOL":true},"collapse":{"S":"concat-b64"},"convertDDB":{"BOOL":true},"deadLetter":{"S":"s3://letters/orders?region=eu-west-1"},"deaggregate":{"BOOL":true},"destination":{"S":"arn:aws:kinesis:eu-west-1:210987654321:stream/other"},"externalId":{"S":"ext-1"},"id":{"S":"x1"},"maxBatchBytes":{"N":"5000"},"maxItemBytes":{"N":"1000"},"onFailure":{"S":"block"},"parallel":{"BOOL":false},"passthrough":{"BOOL":true},"region":{"S":"eu-west-1"},"role":{"S":"arn:aws:iam::210987654321:role/x"},"sourceArn":{"S":"arn:aws:kinesis:us-east-1:123456789012:stream/orders"},"type":{"S":"kinesis"},"unpack":{"S":"cloudWatchLogs"},"view":{"S":"both"}}""",
            string.Concat("{", string.Join(',', Assert.Single(_session.Rows).EnumerateObject().OrderBy(static p => p.Name, StringComparer.Ordinal).Select(static p => $"\"{p.Name}\":{p.Value.GetRawText()}")), "}"));
    }

    [Theory]
    [InlineData("@{ partitionKey = 'a', $null; data = @{ total = @(@{ numeric = '>', 1000.5 }); open = @($true) } }", """{"data":{"open":[true],"total":[{"numeric":[">",1000.5]}]},"partitionKey":["a",null]}""")]
    [InlineData("@{ data = @('y'); '$or' = @(@{ data = @('x') }, @{ partitionKey = @('a') }) }", """{"data":["y"],"$or":[{"data":["x"]},{"partitionKey":["a"]}]}""")]
    [InlineData("([ordered]@{ partitionKey = @('é'); data = @('x') })", """{"partitionKey":["é"],"data":["x"]}""")]
    [InlineData("('{\"partitionKey\":[\"a\"],\"data\":{\"n\":[1,2]}}' | ConvertFrom-Json)", """{"partitionKey":["a"],"data":{"n":[1,2]}}""")]
    [InlineData("'{ \"data\": [\"x\"] }'", """{ "data": ["x"] }""")]
    public void A_filter_is_given_as_json_a_hashtable_or_an_object(string given, string expected)
    {
        PowerShellResult result = _session.Run($"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:q -SourceArn {CloudSession.Orders} -Filter {given}");

        Assert.Equal(expected, result.Property("Filter"));
        Assert.Equal(expected, Assert.Single(_session.Rows).GetProperty("filter").GetProperty("S").GetString());
        Assert.Equal(expected, _session.Run("Get-FanOutTarget | Register-FanOutTarget -Force").Property("Filter"));
    }

    [Fact]
    public void An_alternative_of_a_filter_that_never_matches_is_warned_of()
    {
        PowerShellResult result = _session.Run(
            $"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:q -SourceArn {CloudSession.Orders} -Filter '{{\"$or\":[{{\"data\":{{\"a\":[1]}}}},{{\"awsRegion\":[\"eu-west-1\"]}}]}}'");

        Assert.Contains(result.Warnings, static w => w.Contains("at awsRegion there is only 'us-east-1'", StringComparison.Ordinal));
        Assert.Single(_session.Rows);
    }

    [Theory]
    [InlineData("Register-FanOutTarget kinesis t2 arn:aws:kinesis:us-east-1:123456789012:stream/copy -Collapse none -ConvertDDB -View both -Passthrough -HashKey pk", "Collapse ConvertDDB View HashKey Passthrough")]
    [InlineData("Register-FanOutTarget lambda t2 arn:aws:lambda:us-east-1:123456789012:function:worker -Deaggregate -Unpack gzip -AppendNewlines", "Deaggregate Unpack AppendNewlines")]
    [InlineData("[pscustomobject]@{ Id = 't2'; Collapse = 'none'; View = 'newImage'; HashKey = 'pk' } | Register-FanOutTarget es -Destination https://search.example#orders", "Collapse")]
    [InlineData("Register-FanOutTarget sqs t2 arn:aws:sqs:us-east-1:123456789012:q -Collapse none -Deaggregate -AppendNewlines", "")]
    [InlineData("Register-FanOutTarget sqs t2 https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo -Collapse none -Parallel:$true", "Parallel")]
    [InlineData("Register-FanOutTarget sqs t2 https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo -Collapse none -DeduplicationId '<data.id>'", "")]
    [InlineData("Register-FanOutTarget sqs t2 https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo -DeduplicationId '<data.id>'", "DeduplicationId")]
    [InlineData("Set-FanOutTarget t1 -DeduplicationId '<data.id>'", "DeduplicationId")]
    [InlineData("Register-FanOutTarget states t2 arn:aws:states:us-east-1:123456789012:stateMachine:m -DeduplicationId '<data.id>'", "")]
    [InlineData("Register-FanOutTarget events t2 arn:aws:events:us-east-1:123456789012:event-bus/b -EventSource shop -DetailType 'order <data.state>'", "")]
    [InlineData("Set-FanOutTarget t1 -DetailType order", "DetailType")]
    [InlineData("Register-FanOutTarget redis t2 cache.example:6379 -Parallel", "Parallel")]
    [InlineData("Register-FanOutTarget redis t2 cache.example:6379 -Parallel:$false", "")]
    [InlineData("[pscustomobject]@{ Id = 't2'; Parallel = $true } | Register-FanOutTarget redis -Destination cache.example:6379", "")]
    [InlineData("Register-FanOutTarget sqs t2 arn:aws:sqs:us-east-1:123456789012:q -Parallel", "")]
    [InlineData("Set-FanOutTarget t1 -Destination https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo -Collapse none -Parallel", "Parallel")]
    [InlineData("Set-FanOutTarget t1 -Passthrough -DeadLetter s3://letters/orders -OnFailure block", "Passthrough DeadLetter")]
    public void What_has_no_effect_is_warned_of(string script, string idle)
    {
        _session.Register("t1");

        PowerShellResult result = _session.Run($"{script} -SourceArn {CloudSession.Orders}").ThrowIfFailed();

        string[] warnings = [.. result.Warnings.Where(static w => w.Contains("has no effect", StringComparison.Ordinal))];
        Assert.Equal(idle, string.Join(' ', warnings.Select(static w => w.Split(' ')[0].TrimStart('-'))));
    }

    [Theory]
    [InlineData("redis", "cache.example", "6379")]
    [InlineData("redis", "rediss://user:p4ssw0rd@cache.example/1", "6379")]
    [InlineData("memcached", "cache.example", "11211")]
    [InlineData("redis", "cache.example:6379", null)]
    [InlineData("redis", "rediss://cache.example:6380/1", null)]
    [InlineData("memcached", "memcacheds://cache.example:11211", null)]
    public void A_cache_without_a_port_is_warned_of(string type, string destination, string? port)
    {
        PowerShellResult registered = _session.Run($"Register-FanOutTarget {type} t1 '{destination}' -SourceArn {CloudSession.Orders}").ThrowIfFailed();
        PowerShellResult changed = _session.Run($"Set-FanOutTarget t1 -Destination '{destination}' -SourceArn {CloudSession.Orders}").ThrowIfFailed();

        foreach (PowerShellResult result in new[] { registered, changed })
        {
            Assert.Equal(port is null ? [] : [port], result.Warnings.Where(static w => w.Contains("names no port", StringComparison.Ordinal)).Select(static w => w.Split(": ")[^1].Split(' ')[0]));
            Assert.DoesNotContain("p4ssw0rd", result.AllText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Names_are_looked_up_once_each_and_the_limits_of_the_resources_are_kept()
    {
        _session.Cloud.Sqs.CreateQueue("q", new Dictionary<string, string> { ["MaximumMessageSize"] = "262144" });
        _session.Cloud.Kinesis.CreateStream("copy", 1, 2048);
        _session.Cloud.Sns.CreateTopic("topic");
        _session.Cloud.Firehose.CreateDeliveryStream("archive");
        _session.Forget();

        PowerShellResult result = _session.Run("""
            'sqs,q','sqs,q','kinesis,copy','sns,topic','firehose,archive' | ForEach-Object { $n = 0 } { $type, $name = $_ -split ','; [pscustomobject]@{ Type = $type; Id = "t$(($n++))"; Destination = $name } } |
                Register-FanOutTarget -Source orders -SourceType Kinesis
            """).ThrowIfFailed();

        Assert.Equal(5, result.Output.Count);
        Assert.EndsWith("/123456789012/q", $"{result.Output[0].Properties["Destination"].Value}", StringComparison.Ordinal);
        Assert.Equal(262144, result.Output[0].Properties["MaxItemBytes"].Value);
        Assert.Equal("arn:aws:kinesis:us-east-1:123456789012:stream/copy", result.Output[2].Properties["Destination"].Value);
        Assert.Equal(2048 * 1024, result.Output[2].Properties["MaxItemBytes"].Value);
        Assert.Equal("arn:aws:sns:us-east-1:123456789012:topic", result.Output[3].Properties["Destination"].Value);
        Assert.Equal("arn:aws:firehose:us-east-1:123456789012:deliverystream/archive", result.Output[4].Properties["Destination"].Value);
        Assert.Single(_session.Calls, "sqs:GetQueueUrl");
        Assert.Equal(2, _session.Calls.Count(static c => c == "kinesis:DescribeStreamSummary"));
    }

    [Theory]
    [InlineData("sns", "absent", "SNS topic")]
    [InlineData("sqs", "absent", "SQS queue")]
    [InlineData("kinesis", "absent", "Kinesis stream")]
    [InlineData("firehose", "absent", "Firehose delivery stream")]
    [InlineData("lambda", "absent", "Lambda function")]
    [InlineData("events", "absent", "EventBridge event bus")]
    [InlineData("states", "absent", "state machine")]
    public void A_name_that_does_not_exist_is_told_with_where_and_as_whom_it_was_looked_up(string type, string name, string what)
    {
        PowerShellResult result = _session.Run($"Register-FanOutTarget {type} t1 {name} -SourceArn {CloudSession.Orders}");

        ErrorRecord error = result.Error();
        Assert.Equal("DestinationNotFound,FanOut.Commands.RegisterFanOutTargetCommand", error.FullyQualifiedErrorId);
        Assert.Equal((ErrorCategory.ObjectNotFound, name), (error.CategoryInfo.Category, error.TargetObject));
        Assert.Contains($"There is no {what} 'absent' in us-east-1 (looked up as access key AKIATESTSOFFANOUT000)", error.Exception.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty((string?)new PSObject(error.Exception).Properties["RequestId"].Value));
        Assert.Empty(_session.Rows);
    }

    [Theory]
    [InlineData("sns t1 'arn:aws:sqs:us-east-1:123456789012:q'", "InvalidDestination", "sns takes a topic's ARN")]
    [InlineData("sqs t1 'ftp://sqs/1/q'", "InvalidDestination", "sqs takes a queue's URL")]
    [InlineData("es t1 'host.es.amazonaws.com#'", "InvalidDestination", "no index follows")]
    [InlineData("es t1 domain", "InvalidDestination", "-Index")]
    [InlineData("es t1 'host.es.amazonaws.com#Orders'", "InvalidDestination", "no capitals")]
    [InlineData("es t1 'host.es.amazonaws.com#_all'", "InvalidDestination", "does not begin with '_'")]
    [InlineData("es t1 'host.es.amazonaws.com#a/%2e%2e/x'", "InvalidDestination", "only dots")]
    [InlineData("es t1 'host.es.amazonaws.com#Orders-<data.country>'", "InvalidDestination", "no capitals")]
    [InlineData("es t1 'host.es.amazonaws.com#orders-<dat.country>'", "InvalidParameter", "its index asks for 'dat.country'")]
    [InlineData("iot t1 'abc-ats.iot.us-east-1.amazonaws.com#$aws/other/<data.id>'", "InvalidDestination", "keeps for itself")]
    [InlineData("es t1 'host.es.amazonaws.com#a,b'", "InvalidDestination", "no ','")]
    [InlineData("es t1 'host.es.amazonaws.com#%3CLogs-%7Bnow%2Fd%7D%3E'", "InvalidDestination", "<Logs-{now/d}>")]
    [InlineData("es t1 'host.amazonaws.com#a' -Index b", "InvalidParameter", "-Index")]
    [InlineData("sqs t1 name -Index b", "InvalidParameter", "-Index")]
    [InlineData("redis t1 'redis://user:p4ssw0rd@host:port'", "InvalidDestination", "port")]
    [InlineData("sqs t1 ' q '", "InvalidDestination", "the queue's name may have up to 80 letters")]
    [InlineData("kinesis t1 'a b'", "InvalidDestination", "kinesis takes a stream's name")]
    [InlineData("firehose t1 a/b", "InvalidDestination", "firehose takes")]
    [InlineData("sns t1 'a b'", "InvalidDestination", "the topic's name may have up to 256 letters")]
    [InlineData("events t1 arn:aws:events:us-east-1:123456789012:event-bus/b -EventSource aws.shop", "InvalidParameter", "keeps for AWS's own services")]
    [InlineData("events t1 'a b'", "InvalidDestination", "the event bus's name may have up to 256 letters")]
    [InlineData("states t1 'a b'", "InvalidDestination", "the state machine's name may have up to 80 characters")]
    [InlineData("states t1 bill:live", "InvalidDestination", "states takes a state machine's ARN")]
    [InlineData("lambda t1 'a b'", "InvalidDestination", "lambda takes")]
    [InlineData("es t1 my_domain -Index orders", "InvalidDestination", "a domain's name has 3 to 28 letters")]
    [InlineData("redis t1 'a b'", "InvalidDestination", "a cache's name has up to 50 letters")]
    [InlineData("memcached t1 '-a'", "InvalidDestination", "a node is given as host:port")]
    [InlineData("sqs t1 arn:aws:sqs:us-east-1:123456789012:q -Filter @{ data = @('x' * 410000) }", "InvalidParameter", "a row of the table may have 409600")]
    [InlineData("sqs t1 arn:aws:sqs:us-east-1:123456789012:q -TableName 'a b'", "InvalidParameter", "-TableName 'a b' is neither the name of a DynamoDB table")]
    [InlineData("sqs t1 arn:aws:sqs:us-east-1:123456789012:q -TableName arn:aws:s3:::bucket", "InvalidParameter", "-TableName")]
    [InlineData("redis t1 'redis://***@host:6379'", "InvalidDestination", "-IncludeSecret")]
    [InlineData("redis t1 'host:6379' -DestinationRoleArn arn:aws:iam::210987654321:role/x", "InvalidParameter", "VPC")]
    [InlineData("memcached t1 'host:11211' -DestinationRegion eu-west-1", "InvalidParameter", "VPC")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -ExternalId ext-1", "InvalidParameter", "-DestinationRoleArn")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -DestinationRoleArn nonsense", "InvalidParameter", "role")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -DestinationRegion 'no region'", "InvalidParameter", "region")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -MaxItemBytes 0", "InvalidParameter", "maxItemBytes")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -MaxBatchBytes -1", "InvalidParameter", "maxBatchBytes")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -DeadLetter 'my letters'", "InvalidParameter", "a dead letter is a queue's URL or ARN")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -DeadLetter letters", "DestinationNotFound", "There is no SQS queue 'letters'")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:12345:q'", "InvalidParameter", "is in the account '12345'; the id of an account has 12 digits")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -DeadLetter arn:aws:sqs:us-east-1:12345:letters", "InvalidParameter", "-DeadLetter")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -DestinationRoleArn arn:aws:iam::12345:role/x", "InvalidParameter", "-DestinationRoleArn")]
    [InlineData("iot t1 'abc-ats.iot.us-east-1.amazonaws.com#$aws/things'", "InvalidDestination", "AWS IoT keeps for itself")]
    [InlineData("iot t1 'abc-ats.iot.us-east-1.amazonaws.com#$aws/events/presence/connected/x'", "InvalidDestination", "AWS IoT keeps for itself")]
    [InlineData("iot t1 'abc-ats.iot.us-east-1.amazonaws.com#$AWS/rules/'", "InvalidDestination", "AWS IoT keeps for itself")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -DeadLetter 'https://u:p4ssw0rd@sqs/1/q'", "InvalidParameter", "deadLetter")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -DeadLetter https://queue.amazonaws.com/123456789012/q", "InvalidParameter", "the target's own destination")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -OnFailure deadLetter", "InvalidParameter", "deadLetter is missing")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -OnFailure drop", "ParameterArgumentValidationError", "block, deadLetter")]
    [InlineData("kinesis t1 'arn:aws:kinesis:us-east-1:123456789012:stream/orders'", "InvalidDestination", "come back")]
    [InlineData("lambda t1 'arn:aws:lambda:us-east-1:123456789012:function:fanout'", "InvalidDestination", "it is the fan-out function fanout itself")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -Filter 'data'", "InvalidParameter", "filter is not JSON")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -Filter @{ data = @{ n = 1 } }", "InvalidParameter", "at data.n values stand in an array")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -Filter @{ body = @(1) }", "InvalidParameter", "asks for 'body'")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -Filter @{ eventName = @('INSERT') }", "InvalidParameter", "filter can never match a record of arn:aws:kinesis:us-east-1:123456789012:stream/orders: at eventName there is only 'aws:kinesis:record'")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -Filter @{ '$or' = @{ data = @('a') } }", "InvalidParameter", "at $or an array is expected")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -Filter (Get-Date)", "ParameterArgumentTransformationError", "neither JSON nor a hashtable")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -FunctionName 'no:such:form:of:name'", "InvalidParameter", "-FunctionName")]
    [InlineData("kafka t1 topic", "ParameterArgumentValidationError", "sns")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -Collapse xml", "ParameterArgumentValidationError", "concat-b64")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -View all", "ParameterArgumentValidationError", "newImage")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -Parallel:maybe", "ParameterArgumentTransformationError", "neither true nor false")]
    [InlineData("sqs t1 'arn:aws:sqs:us-east-1:123456789012:q' -MaxItemBytes many", "ParameterArgumentTransformationError", "many")]
    [InlineData("sqs t1 ''", "ParameterArgumentValidationErrorEmptyStringNotAllowed", "empty")]
    public void Bad_input_is_a_clear_error_and_changes_nothing(string arguments, string id, string says)
    {
        PowerShellResult result = _session.Run($"Register-FanOutTarget {arguments} -SourceArn {CloudSession.Orders}");

        ErrorRecord error = result.Error();
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(says, $"{error.Exception.Message} {error.ErrorDetails?.RecommendedAction}", StringComparison.Ordinal);
        Assert.DoesNotContain("p4ssw0rd", result.AllText, StringComparison.Ordinal);
        Assert.Empty(_session.Rows);
        Assert.Empty(_session.Changes);
    }

    [Theory]
    [InlineData("-SourceArn nonsense", "InvalidParameter")]
    [InlineData("-SourceArn arn:aws:s3:::bucket", "InvalidParameter")]
    [InlineData("-SourceArn arn:aws:kinesis:us-east-1:12345:stream/orders", "InvalidParameter")]
    [InlineData("-SourceArn arn:aws:dynamodb:us-east-1:123456789012:table/orders", "InvalidParameter")]
    [InlineData("-Source absent -SourceType Kinesis", "SourceNotFound")]
    [InlineData("-Source absent -SourceType DynamoDB", "SourceNotFound")]
    [InlineData("-Source fanoutTargets -SourceType DynamoDB", "SourceNotFound")]
    [InlineData("-Source absent", "SourceNotFound")]
    [InlineData("-Source orders -SourceType Kafka", "ParameterArgumentTransformationError")]
    [InlineData("-Source orders -SourceType Kinesis -TableName absent", "TableNotFound")]
    public void A_source_or_table_that_is_not_there_is_a_clear_error(string source, string id)
    {
        PowerShellResult result = _session.Run($"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:q {source}");

        Assert.StartsWith(id + ",", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(_session.Rows);
    }

    [Theory]
    [InlineData("ordres", "Kinesis", "orders")]
    [InlineData("fanoutTarget", "DynamoDB", "fanoutTargets")]
    public void The_error_of_a_misspelt_source_names_the_nearest(string name, string type, string nearest)
    {
        string script = $"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:q -Source {name} -SourceType {type}";
        Assert.EndsWith($" Is '{nearest}' meant?", _session.Run(script).Error().Exception.Message, StringComparison.Ordinal);

        _session.Cloud.Faults.Add(new FanOut.LocalCloud.Faults.Fault { Kind = FanOut.LocalCloud.Faults.FaultKind.AccessDenied, Operation = "List*" });
        Assert.Equal("SourceNotFound,FanOut.Commands.RegisterFanOutTargetCommand", _session.Run(script).Error().FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("letters", null)]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:letters", null)]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:nope", "does not exist")]
    [InlineData("https://sqs.us-east-1.amazonaws.com/123456789012/nope", "does not exist")]
    [InlineData("arn:aws:sns:us-east-1:123456789012:letters", null)]
    [InlineData("arn:aws:sns:us-east-1:123456789012:nope", "does not exist")]
    [InlineData("s3://letters-here/orders", null)]
    [InlineData("s3://nope", "does not exist")]
    public void A_dead_letter_is_looked_up(string deadLetter, string? warning)
    {
        _session.Cloud.Sqs.CreateQueue("letters");
        _session.Cloud.Sns.CreateTopic("letters");
        _session.Cloud.S3.CreateBucket("letters-here");

        foreach (string script in new[]
        {
            $"'t1', 't2' | ForEach-Object {{ [pscustomobject]@{{ Id = $_ }} }} | Register-FanOutTarget sqs -Destination arn:aws:sqs:us-east-1:123456789012:q -SourceArn {CloudSession.Orders}",
            $"Set-FanOutTarget t1, t2 -SourceArn {CloudSession.Orders} -OnFailure block",
        })
        {
            _session.Forget();
            PowerShellResult result = _session.Run($"{script} -DeadLetter {deadLetter}").ThrowIfFailed();

            Assert.Equal(warning is null ? 0 : 2, result.Warnings.Count(w => w.StartsWith("The dead letter ", StringComparison.Ordinal) && w.Contains(warning ?? "", StringComparison.Ordinal)));
            Assert.InRange(_session.Calls.Count(static c => c is "sqs:GetQueueUrl" or "sns:GetTopicAttributes" or "s3:GetBucketLocation"), 1, 1);
            Assert.All(_session.Rows, r => Assert.EndsWith(deadLetter == "letters" ? "/123456789012/letters" : deadLetter, r.GetProperty("deadLetter").GetProperty("S").GetString(), StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("s3://far/orders", "s3://far/orders?region=eu-west-1", null)]
    [InlineData("s3://far?region=eu-west-1", "s3://far?region=eu-west-1", null)]
    [InlineData("s3://far?region=us-west-2", "s3://far?region=us-west-2", "The bucket far is in eu-west-1, not in us-west-2: it will take nothing from there.")]
    [InlineData("s3://near?region=us-east-1", "s3://near?region=us-east-1", null)]
    [InlineData("arn:aws:s3:::near/orders", "s3://near/orders", null)]
    [InlineData("arn:aws:s3:::far", "s3://far?region=eu-west-1", null)]
    public void A_bucket_is_written_with_its_region(string given, string written, string? warning)
    {
        _session.Cloud.S3.CreateBucket("near");
        _session.Cloud.S3.CreateBucket("far", "eu-west-1");

        PowerShellResult result = _session.Run($"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:q -SourceArn {CloudSession.Orders} -DeadLetter '{given}'").ThrowIfFailed();

        Assert.Equal(written, result.Property("DeadLetter"));
        Assert.Equal(warning is null ? [] : [warning], result.Warnings.Where(static w => w.Contains("bucket", StringComparison.Ordinal)));
    }

    [Fact]
    public void Who_may_not_look_a_dead_letter_up_takes_it_as_it_is()
    {
        _session.Cloud.Faults.Add(new FanOut.LocalCloud.Faults.Fault { Kind = FanOut.LocalCloud.Faults.FaultKind.AccessDenied, Service = "sqs" });

        PowerShellResult result = _session.Run($"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:q -SourceArn {CloudSession.Orders} -DeadLetter arn:aws:sqs:us-east-1:123456789012:nope").ThrowIfFailed();

        Assert.DoesNotContain(result.Warnings, static w => w.StartsWith("The dead letter ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_target_that_is_there_is_left_alone_unless_it_is_forced()
    {
        _session.Register("t1", "-Enabled");

        PowerShellResult again = _session.Run($"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:other -SourceArn {CloudSession.Orders}");

        Assert.Equal("TargetExists,FanOut.Commands.RegisterFanOutTargetCommand", again.Error().FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ResourceExists, again.Error().CategoryInfo.Category);
        Assert.True(Assert.Single(_session.Rows).GetProperty("active").GetProperty("BOOL").GetBoolean());

        _session.Run($"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:other -SourceArn {CloudSession.Orders} -Force").ThrowIfFailed();

        Assert.Equal("arn:aws:sqs:us-east-1:123456789012:other", Assert.Single(_session.Rows).GetProperty("destination").GetProperty("S").GetString());
    }

    [Fact]
    public void One_bad_item_of_many_is_an_error_and_the_others_go_on()
    {
        PowerShellResult result = _session.Run($$"""
            'a','','c' | ForEach-Object { [pscustomobject]@{ Id = "t$_"; Type = 'sqs'; Destination = "arn:aws:sqs:us-east-1:123456789012:$_" } } | Register-FanOutTarget -SourceArn {{CloudSession.Orders}}
            """);

        Assert.Equal(["ta", "tc"], result.Output.Select(static o => o.Properties["Id"].Value));
        Assert.StartsWith("InvalidDestination,", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Stop", 1, true)]
    [InlineData("SilentlyContinue", 1, false)]
    public void The_error_action_decides_whether_the_pipeline_goes_on(string action, int shown, bool ends)
    {
        PowerShellResult result = _session.Run($$"""
            try {
                'a','','c' | ForEach-Object { [pscustomobject]@{ Id = "t$_"; Type = 'sqs'; Destination = "arn:aws:sqs:us-east-1:123456789012:$_" } } |
                    Register-FanOutTarget -SourceArn {{CloudSession.Orders}} -ErrorAction {{action}} -ErrorVariable problems | ForEach-Object Id
            } catch { "caught $($_.FullyQualifiedErrorId)" }
            "errors $(@($problems).Count)"
            """);

        Assert.Empty(result.Errors);
        Assert.Contains(ends ? "caught InvalidDestination,FanOut.Commands.RegisterFanOutTargetCommand" : "tc", result.Output.Select(static o => $"{o}"));
        Assert.Contains($"errors {shown}", result.Output.Select(static o => $"{o}"));
    }

    [Fact]
    public void What_if_shows_what_would_be_done_and_calls_nothing_that_changes()
    {
        _session.Cloud.Sqs.CreateQueue("q");
        _session.Forget();

        PowerShellResult result = _session.Run($"Register-FanOutTarget sqs t1 q -SourceArn {CloudSession.Orders} -WhatIf");

        result.ThrowIfFailed();
        Assert.Empty(result.Output);
        Assert.Empty(_session.Changes);
        Assert.Empty(_session.Rows);
    }

    [Fact]
    public void Rows_of_a_csv_file_bind_by_their_columns()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, $"""
            Id,Type,Destination,SourceArn,Active,Parallel,Collapse,ConvertDDB,MaxItemBytes,DestinationRegion,View
            a,sqs,arn:aws:sqs:us-east-1:123456789012:a,{CloudSession.Orders},true,,none,False,,,
            b,firehose,arn:aws:firehose:us-east-1:123456789012:deliverystream/b,{CloudSession.Orders},,false,,TRUE,1000,eu-west-1,both
            """);

        PowerShellResult result = _session.Run($"Import-Csv '{file}' | Register-FanOutTarget");

        result.ThrowIfFailed();
        File.Delete(file);
        PSObject a = result.Output[0], b = result.Output[1];
        Assert.Equal((true, true, "none", false, null), (a.Properties["Enabled"].Value, a.Properties["Parallel"].Value, a.Properties["Collapse"].Value, a.Properties["ConvertDDB"].Value, a.Properties["MaxItemBytes"].Value));
        Assert.Equal((false, false, "JSON", true, 1000), (b.Properties["Enabled"].Value, b.Properties["Parallel"].Value, b.Properties["Collapse"].Value, b.Properties["ConvertDDB"].Value, b.Properties["MaxItemBytes"].Value));
        Assert.Equal(("eu-west-1", "both"), (b.Properties["DestinationRegion"].Value, b.Properties["View"].Value));
    }

    [Theory]
    [InlineData("sns", "TopicArn", "arn:aws:sns:us-east-1:123456789012:t")]
    [InlineData("sqs", "QueueUrl", "https://sqs.us-east-1.amazonaws.com/123456789012/q")]
    [InlineData("firehose", "DeliveryStreamARN", "arn:aws:firehose:us-east-1:123456789012:deliverystream/d")]
    public void Objects_of_the_AWS_tools_bind_by_their_names(string type, string property, string value)
    {
        PowerShellResult result = _session.Run($"[pscustomobject]@{{ {property} = '{value}' }} | Register-FanOutTarget -Type {type} -Id t1 -SourceArn {CloudSession.Orders}");

        Assert.Equal(value, result.Property("Destination"));
    }

    [Theory]
    [InlineData("StreamARN", "arn:aws:kinesis:us-east-1:123456789012:stream/orders")]
    [InlineData("LatestStreamArn", "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000")]
    [InlineData("EventSourceArn", "arn:aws:kinesis:us-east-1:123456789012:stream/orders/consumer/fanout:1634000000")]
    public void Sources_of_the_AWS_tools_bind_by_their_names(string property, string value)
    {
        PowerShellResult result = _session.Run($"[pscustomobject]@{{ {property} = '{value}' }} | Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:q");

        Assert.Equal(value.Replace("/consumer/fanout:1634000000", "", StringComparison.Ordinal), result.Property("SourceArn"));
    }

    [Theory]
    [InlineData("aws-cn", "cn-north-1")]
    [InlineData("aws-us-gov", "us-gov-west-1")]
    [InlineData("aws-eusc", "eusc-de-east-1")]
    public void Other_partitions_work_like_the_first(string partition, string region)
    {
        _session.Cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id", region: region);
        _session.Cloud.Sns.CreateTopic("topic", region: region);
        _session.Cloud.Kinesis.CreateStream("orders", region: region);

        PowerShellResult result = _session.Run($"Register-FanOutTarget sns t1 topic -Source orders -SourceType Kinesis -Region {region}");

        Assert.Equal($"arn:{partition}:sns:{region}:123456789012:topic", result.Property("Destination"));
        Assert.Equal($"arn:{partition}:kinesis:{region}:123456789012:stream/orders", result.Property("SourceArn"));
        Assert.Single(_session.Run($"Get-FanOutTarget -Region {region}").Output);
    }

    [Fact]
    public void The_region_of_an_ARN_is_that_of_the_function_where_no_other_is_said()
    {
        _session.Cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id", region: "eu-west-1");

        PowerShellResult result = _session.Run(
            "$PSDefaultParameterValues.Remove('*-FanOut*:Region'); Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:q -SourceArn arn:aws:kinesis:eu-west-1:123456789012:stream/orders");

        Assert.Equal("eu-west-1", result.Property("Region"));
    }

    [Fact]
    public void Verbose_tells_each_call_without_a_secret()
    {
        PowerShellResult result = _session.Run(
            $"Register-FanOutTarget redis t1 'redis://user:p4ssw0rd@cache.example:6379' -SourceArn {CloudSession.Orders} -Verbose");

        Assert.Contains(result.Verbose, static v => v.Contains("dynamodb PutItem", StringComparison.Ordinal) && v.Contains("200", StringComparison.Ordinal));
        Assert.DoesNotContain("p4ssw0rd", result.AllText, StringComparison.Ordinal);
        Assert.Equal("redis://***@cache.example:6379", result.Property("Destination"));
    }

    [Fact]
    public void A_thousand_mappings_go_through_one_pipeline_without_a_look_up_each()
    {
        _session.Forget();

        PowerShellResult result = _session.Run($$"""
            1..1000 | ForEach-Object { [pscustomobject]@{ Id = "t$_"; Type = 'sqs'; Destination = "arn:aws:sqs:us-east-1:123456789012:q$_" } } | Register-FanOutTarget -SourceArn {{CloudSession.Orders}} | Measure-Object
            """);

        Assert.Equal(1000, result.Property("Count"));
        Assert.Equal(1000, _session.Rows.Count);
        Assert.InRange(_session.Calls.Count, 2000, 2003);
    }

    [Fact]
    public void It_warns_once_for_each_source_that_is_not_connected()
    {
        PowerShellResult result = _session.Run($$"""
            1..3 | ForEach-Object { [pscustomobject]@{ Id = "t$_"; Type = 'sqs'; Destination = "arn:aws:sqs:us-east-1:123456789012:q$_" } } | Register-FanOutTarget -SourceArn {{CloudSession.Orders}}
            """).ThrowIfFailed();

        Assert.Equal(
            $"No records flow yet: the source is not connected to the function. Connect-FanOutSource -SourceArn '{CloudSession.Orders}' -Region us-east-1", Assert.Single(result.Warnings));
    }

    [Theory]
    [InlineData(CloudSession.Orders)]
    [InlineData("arn:aws:sns:us-east-1:123456789012:news")]
    public void The_command_of_the_warning_connects_the_source_and_then_there_is_none(string sourceArn)
    {
        _session.Lambda.Add("fanout", new FanOut.LocalCloud.Lambda.RecordingFunction());
        _session.Cloud.Sns.CreateTopic("news");
        string register = $"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:q -SourceArn {sourceArn}";

        string warning = Assert.Single(_session.Run(register).ThrowIfFailed().Warnings);
        _session.Run($"{warning[warning.IndexOf("Connect-", StringComparison.Ordinal)..]} -WarningAction Ignore").ThrowIfFailed();

        Assert.Empty(_session.Run(register).ThrowIfFailed().Warnings);
        _session.Run($"Suspend-FanOutSource -SourceArn {sourceArn}").ThrowIfFailed();
        Assert.Empty(_session.Run(register).ThrowIfFailed().Warnings);
    }

    [Fact]
    public void A_topic_of_a_function_that_is_not_there_yet_is_not_connected()
    {
        PowerShellResult result = _session.Run("Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:q -SourceArn arn:aws:sns:us-east-1:123456789012:news").ThrowIfFailed();

        Assert.StartsWith("No records flow yet", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_not_see_event_source_mappings_registers_all_the_same_and_is_told()
    {
        _session.Cloud.Faults.Add(new FanOut.LocalCloud.Faults.Fault { Kind = FanOut.LocalCloud.Faults.FaultKind.AccessDenied, Operation = "ListEventSourceMappings" });

        PowerShellResult result = _session.Run($"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:q -SourceArn {CloudSession.Orders}").ThrowIfFailed();

        Assert.Contains("as access key AKIATESTSOFFANOUT000", Assert.Single(result.Warnings, static w => w.StartsWith($"Whether the source {CloudSession.Orders} is connected", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Single(_session.Rows);
    }

    [Fact]
    public void A_name_in_another_account_is_looked_up_as_the_role_of_that_account_with_its_external_id()
    {
        _session.Cloud.Sts.AddRole("arn:aws:iam::210987654321:role/writer", "ext-1");
        _session.Cloud.Kinesis.CreateStream("copy", region: "eu-west-1", accountId: "210987654321");

        PowerShellResult result = _session.Run(
            $"Register-FanOutTarget kinesis t1 copy -SourceArn {CloudSession.Orders} -DestinationRegion eu-west-1 -DestinationRoleArn arn:aws:iam::210987654321:role/writer -ExternalId ext-1 -Verbose");

        Assert.Equal("arn:aws:kinesis:eu-west-1:210987654321:stream/copy", result.Property("Destination"));
        Assert.DoesNotContain("ext-1", string.Join('\n', result.Verbose), StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_that_cannot_be_assumed_is_told_with_who_tried_and_changes_nothing()
    {
        _session.Cloud.Sts.AddRole("arn:aws:iam::210987654321:role/writer", "ext-1");

        ErrorRecord error = _session.Run(
            $"Register-FanOutTarget kinesis t1 copy -SourceArn {CloudSession.Orders} -DestinationRoleArn arn:aws:iam::210987654321:role/writer -ExternalId wrong-id").Error();

        Assert.Equal(("AccessDenied,FanOut.Commands.RegisterFanOutTargetCommand", ErrorCategory.PermissionDenied), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
        Assert.Contains("arn:aws:iam::210987654321:role/writer", error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-id", $"{error} {error.ErrorDetails} {error.Exception}", StringComparison.Ordinal);
        Assert.Empty(_session.Rows);
    }

    [Fact]
    public void A_topic_and_an_index_may_be_of_the_record_also_by_name()
    {
        _session.Cloud.OpenSearch.CreateDomain("shop");

        _session.Run($$"""
            Register-FanOutTarget iot devices 'devices/<data.id>' -SourceArn {{CloudSession.Orders}}
            Register-FanOutTarget es countries shop -Index 'orders-<data.country>' -SourceArn {{CloudSession.Orders}}
            """).ThrowIfFailed();
        PowerShellResult plan = _session.Run("Get-FanOutTarget | Test-FanOutTarget -Record @{ id = 7; country = 'de' } -PassThru").ThrowIfFailed();

        Assert.Equal(
            ["index=orders-de", "topic=devices/7"],
            plan.Output.SelectMany(static p => (IReadOnlyDictionary<string, string>)p.Properties["Texts"].Value).Select(static t => $"{t.Key}={t.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("memcached young")]
    [InlineData("redis young-node")]
    [InlineData("es young-domain -Index orders")]
    public void A_destination_that_is_still_being_made_is_told_from_one_that_is_not_there(string arguments)
    {
        FanOut.LocalCloud.ElastiCache.ElastiCacheCluster cluster = _session.Cloud.ElastiCache.CreateMemcachedCluster("young");
        _session.Cloud.ElastiCache.Add(cluster with { ConfigurationEndpoint = null, Nodes = [], Status = "creating" });
        _session.Cloud.ElastiCache.Add(_session.Cloud.ElastiCache.CreateCluster("young-node") with { Nodes = [], Status = "creating" });
        FanOut.LocalCloud.OpenSearch.SearchDomain domain = _session.Cloud.OpenSearch.CreateDomain("young-domain");
        _session.Cloud.OpenSearch.Add(domain with { Endpoint = "", IsProcessing = true });

        PowerShellResult result = _session.Run($"Register-FanOutTarget -Id t1 -SourceArn {CloudSession.Orders} -Type {arguments.Replace(" young", " -Destination young", StringComparison.Ordinal)}");

        ErrorRecord error = result.Error();
        Assert.Equal(("DestinationNotReady,FanOut.Commands.RegisterFanOutTargetCommand", ErrorCategory.ResourceUnavailable), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
        Assert.Contains("try again in a while", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_session.Rows);
    }
}
