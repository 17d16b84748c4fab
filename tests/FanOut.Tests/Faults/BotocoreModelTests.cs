using System.Diagnostics;
using System.Text.Json;
using FanOut.Engine.Batching;
using FanOut.Engine.Faults;

namespace FanOut.Tests.Faults;

/// <summary>The table against the services' own models, as botocore ships them; skipped where botocore is not.</summary>
public class BotocoreModelTests
{
    private const string Script = """
        import json, botocore.loaders
        loader = botocore.loaders.Loader()
        calls = {"kinesis": ["PutRecords"], "firehose": ["PutRecordBatch"], "sqs": ["SendMessageBatch"], "sns": ["PublishBatch"], "iot-data": ["Publish"],
                 "lambda": ["Invoke"], "events": ["PutEvents"], "stepfunctions": ["StartExecution"], "s3": ["PutObject"], "secretsmanager": ["GetSecretValue"], "sts": ["AssumeRole"],
                 "dynamodb": ["Query", "GetItem", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "Scan"]}
        errors = {}
        for service, operations in calls.items():
            model = loader.load_service_model(service, "service-2")
            for operation in operations:
                for error in model["operations"][operation].get("errors", []):
                    shape = model["shapes"][error["shape"]]
                    http = shape.get("error", {})
                    errors[service + " " + http.get("code", error["shape"])] = {
                        "service": service, "code": http.get("code", error["shape"]), "status": http.get("httpStatusCode", 0),
                        "fault": bool(shape.get("fault")), "retryable": "retryable" in shape}
        retry = loader.load_data("_retry")
        def codes(policies):
            for policy in policies.values():
                policy = retry["definitions"].get(policy.get("$ref"), policy)
                code = policy["applies_when"].get("response", {}).get("service_error_code")
                if code: yield code
        again = {"__default__": sorted(codes(retry["retry"]["__default__"]["policies"]))}
        for service in calls:
            again[service] = sorted(codes(retry["retry"].get(service, {}).get("__default__", {}).get("policies", {})))
        from botocore.retries import standard
        again["__default__"] += standard.ThrottledRetryableChecker._THROTTLED_ERROR_CODES + standard.TransientRetryableChecker._TRANSIENT_ERROR_CODES
        print(json.dumps({"errors": list(errors.values()), "again": again}))
        """;

    private static readonly Dictionary<string, Service> Services = new()
    {
        ["kinesis"] = Service.Kinesis,
        ["firehose"] = Service.Firehose,
        ["sqs"] = Service.Sqs,
        ["sns"] = Service.Sns,
        ["iot-data"] = Service.Iot,
        ["lambda"] = Service.Lambda,
        ["events"] = Service.Events,
        ["stepfunctions"] = Service.States,
        ["s3"] = Service.S3,
        ["secretsmanager"] = Service.SecretsManager,
        ["sts"] = Service.Sts,
        ["dynamodb"] = Service.DynamoDb,
        ["__default__"] = Service.Any,
    };

    [Fact]
    public async Task Every_error_that_the_models_name_is_in_the_table_under_its_own_service()
    {
        using JsonDocument models = await ReadAsync();
        var rows = KnownFaults.All.Select(static f => (f.Service, f.Code)).ToHashSet();
        string[] missing = [.. models.RootElement.GetProperty("errors").EnumerateArray()
            .Where(e => !rows.Contains((Services[e.GetProperty("service").GetString()!], e.GetProperty("code").GetString()!)))
            .Select(static e => e.GetRawText())];

        Assert.Empty(missing);
        Assert.True(models.RootElement.GetProperty("errors").GetArrayLength() > 100);
    }

    [Fact]
    public async Task What_the_models_say_of_an_error_does_not_gainsay_its_class()
    {
        using JsonDocument models = await ReadAsync();
        var wrong = new List<string>();
        foreach (JsonElement error in models.RootElement.GetProperty("errors").EnumerateArray())
        {
            FailureClass? kind = KnownFaults.ClassOf(Services[error.GetProperty("service").GetString()!], error.GetProperty("code").GetString()!);
            int status = error.GetProperty("status").GetInt32();
            bool passes = kind is FailureClass.Refused or FailureClass.Ambiguous;
            bool isRight = (status is not (408 or 429) || passes)
                && (status is not 500 || kind == FailureClass.Ambiguous)
                && (!error.GetProperty("fault").GetBoolean() || kind != FailureClass.PermanentItem)
                && (!error.GetProperty("retryable").GetBoolean() || passes);
            if (!isRight)
            {
                wrong.Add($"{kind}: {error.GetRawText()}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task What_botocore_sends_again_is_sent_again()
    {
        using JsonDocument models = await ReadAsync();
        foreach (JsonProperty service in models.RootElement.GetProperty("again").EnumerateObject())
        {
            foreach (JsonElement code in service.Value.EnumerateArray())
            {
                FailureClass? kind = KnownFaults.ClassOf(Services[service.Name], code.GetString()!);
                Assert.True(kind is FailureClass.Refused or FailureClass.Ambiguous, $"{service.Name} {code}: {kind}");
            }
        }
    }

    private static async Task<JsonDocument> ReadAsync()
    {
        ProcessStartInfo start = new("python3", ["-c", Script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process python;
        try
        {
            python = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("Needs python3 on the PATH.");
            throw;
        }

        using (python)
        {
            Task<string> output = python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            string errors = await python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await python.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.SkipWhen(errors.Contains("No module named 'botocore'", StringComparison.Ordinal), "Needs botocore.");
            Assert.True(errors.Length == 0, errors);
            return JsonDocument.Parse(await output);
        }
    }
}
