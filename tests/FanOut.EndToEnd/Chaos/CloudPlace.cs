using System.Text;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;

namespace FanOut.EndToEnd.Chaos;

/// <summary>A destination in the stand-in cloud.</summary>
internal sealed class CloudPlace : IPlace
{
    private readonly Cloud _cloud;
    private readonly string _kind;
    private readonly string _name;
    private readonly RecordingFunction _function = new();
    private Fault? _fault;

    /// <summary>Makes it.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="lambda">Its functions.</param>
    /// <param name="kind">A type, <c>sqs.fifo</c>, <c>sns.fifo</c> or <c>s3</c>.</param>
    /// <param name="name">Its name.</param>
    public CloudPlace(Cloud cloud, LambdaService lambda, string kind, string name)
    {
        (_cloud, _kind) = (cloud, kind);
        _name = kind.EndsWith(".fifo", StringComparison.Ordinal) ? name + ".fifo" : name;
        string here = cloud.Endpoint.GetLeftPart(UriPartial.Authority);
        Destination = kind switch
        {
            "kinesis" => cloud.Kinesis.CreateStream(_name).Arn,
            "firehose" => cloud.Firehose.CreateDeliveryStream(_name).Arn,
            "events" => cloud.EventBridge.CreateEventBus(_name).Arn,
            "states" => cloud.StepFunctions.CreateStateMachine(_name).Arn,
            "sqs" => cloud.Sqs.CreateQueue(_name).Arn,
            "sqs.fifo" => cloud.Sqs.CreateQueue(_name, new Dictionary<string, string> { ["FifoQueue"] = "true" }).Arn,
            "sns" => cloud.Sns.CreateTopic(_name).Arn,
            "sns.fifo" => cloud.Sns.CreateTopic(_name, new Dictionary<string, string> { ["FifoTopic"] = "true" }).Arn,
            "lambda" => lambda.Add(_name, _function),
            "s3" => $"s3://{cloud.S3.CreateBucket(_name).Name}/chaos",
            "http" => $"https://endpoint.example{cloud.Endpoints.Add(_name)}",
            _ => $"{here}#{_name}",
        };
    }

    public string Destination { get; }

    public int Strikes { get; private set; }

    private Journal<Arrival> Received => _kind switch
    {
        "kinesis" => _cloud.Kinesis.Received,
        "firehose" => _cloud.Firehose.Received,
        "sqs" or "sqs.fifo" => _cloud.Sqs.Received,
        "sns" or "sns.fifo" => _cloud.Sns.Received,
        "events" => _cloud.EventBridge.Received,
        "states" => _cloud.StepFunctions.Received,
        "iot" => _cloud.Iot.Received,
        "s3" => _cloud.S3.Received,
        "http" => _cloud.Endpoints.Received,
        _ => _cloud.OpenSearch.Received,
    };

    public void Trouble(Trouble trouble, int passes, double probability, IReadOnlyList<string> poison)
    {
        Mend();
        int calls = 0;
        bool isPoison = trouble is Chaos.Trouble.Poison or Chaos.Trouble.UndocumentedPoison, isOfItems = trouble == Chaos.Trouble.ItemsRefused;
        bool isUndocumented = trouble is Chaos.Trouble.Undocumented or Chaos.Trouble.UndocumentedPoison;
        var fault = new Fault
        {
            Kind = KindOf(trouble),
            Moment = trouble.HasEffect() ? FaultMoment.After : FaultMoment.Before,
            Destination = _name,
            Where = isPoison ? call => Holds(call, poison) : _ => isOfItems || Interlocked.Increment(ref calls) > passes,
            Probability = isPoison || isOfItems ? 1 : probability,
            ItemProbability = probability * 0.7,
            Code = isUndocumented ? "FluxException" : isPoison ? "ValidationException" : null,
            Status = isUndocumented ? 418 : isPoison ? 400 : null,
            Delay = TimeSpan.FromMinutes(1),
        };
        _fault = _cloud.Faults.Add(fault);
    }

    public void Mend()
    {
        if (_fault is { } fault)
        {
            Strikes += _cloud.Faults.Strikes(fault);
            _fault = null;
            _cloud.Faults.Remove(fault);
        }
    }

    public IReadOnlyList<int> Arrivals() => _kind == "lambda"
        ? [.. _function.Invocations.SelectMany(i => ChaosRecords.Read(Encoding.UTF8.GetString(i.Payload.Span)))]
        : [.. Received.Snapshot().Where(IsHere).SelectMany(a => ChaosRecords.Read(a.Text))];

    public ValueTask DisposeAsync()
    {
        Mend();
        return default;
    }

    private bool IsHere(Arrival arrival) =>
        arrival.Destination.EndsWith(_name, StringComparison.Ordinal) && arrival.IsFor(_kind == "s3" ? arrival.Destination : _name);

    private static bool Holds(ServiceCall call, IReadOnlyList<string> poison)
    {
        string body = Encoding.UTF8.GetString(call.Request.Body.Span);
        return poison.Any(p => body.Contains(p, StringComparison.Ordinal));
    }

    private static FaultKind KindOf(Trouble trouble) => trouble switch
    {
        Chaos.Trouble.ItemsRefused => FaultKind.RefuseItems,
        Chaos.Trouble.Poison or Chaos.Trouble.Undocumented or Chaos.Trouble.UndocumentedPoison => FaultKind.Error,
        Chaos.Trouble.Throttled => FaultKind.Throttle,
        Chaos.Trouble.ServerError or Chaos.Trouble.ServerErrorAfterEffect => FaultKind.ServerError,
        Chaos.Trouble.Timeout => FaultKind.Slow,
        Chaos.Trouble.Reset or Chaos.Trouble.ResetAfterEffect => FaultKind.CloseBeforeAnswer,
        Chaos.Trouble.ResetInAnswer => FaultKind.CloseInTheMiddle,
        Chaos.Trouble.Malformed or Chaos.Trouble.MalformedAfterEffect => FaultKind.Malformed,
        Chaos.Trouble.Hang => FaultKind.Hang,
        Chaos.Trouble.Deleted => FaultKind.NotFound,
        _ => FaultKind.AccessDenied,
    };
}
