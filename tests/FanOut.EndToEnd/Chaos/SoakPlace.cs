using System.Text;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;

namespace FanOut.EndToEnd.Chaos;

/// <summary>A destination that forgets what it got once it is counted.</summary>
internal sealed class SoakPlace
{
    private readonly ChaosCloud _chaos;
    private readonly string _name;
    private readonly byte[] _counts;
    private RecordingFunction _function = new();

    public SoakPlace(ChaosCloud chaos, string kind, string name, int count)
    {
        (_chaos, Kind, _name, _counts) = (chaos, kind, name, new byte[count]);
        Destination = Make();
    }

    public string Kind { get; }

    public string Destination { get; }

    /// <summary>Arrivals so far.</summary>
    public int Total { get; private set; }

    /// <summary>Records that arrived so far.</summary>
    public int Distinct { get; private set; }

    /// <summary>Counts what arrived since the last time and makes the destination anew; nothing may be under way to it.</summary>
    public IReadOnlyList<int> Count()
    {
        IReadOnlyList<int> arrived = Take();
        foreach (int number in arrived)
        {
            Total++;
            Distinct += _counts[number] == 0 ? 1 : 0;
            _counts[number] = (byte)Math.Min(255, _counts[number] + 1);
        }

        return arrived;
    }

    /// <summary>How many records are neither here nor there.</summary>
    public int Missing(IEnumerable<int> numbers, SoakPlace? other = null) => numbers.Count(n => _counts[n] == 0 && (other is null || other._counts[n] == 0));

    private List<int> Take()
    {
        if (Kind == "lambda")
        {
            RecordingFunction old = _function;
            _function = new RecordingFunction();
            Make();
            return [.. old.Invocations.SelectMany(static i => ChaosRecords.Read(Encoding.UTF8.GetString(i.Payload.Span)))];
        }

        Journal<Arrival> received = Kind switch
        {
            "kinesis" => _chaos.Cloud.Kinesis.Received,
            "firehose" => _chaos.Cloud.Firehose.Received,
            _ => _chaos.Cloud.Sqs.Received,
        };
        List<int> arrived = [.. received.Snapshot().Where(a => a.IsFor(_name)).SelectMany(static a => ChaosRecords.Read(a.Text))];
        if (Kind == "kinesis")
        {
            _chaos.Cloud.Kinesis.DeleteStream(Destination);
            Make();
        }
        else if (Kind == "sqs")
        {
            _chaos.Cloud.Sqs.DeleteQueue(Destination);
            Make();
        }

        return arrived;
    }

    private string Make() => Kind switch
    {
        "kinesis" => _chaos.Cloud.Kinesis.CreateStream(_name).Arn,
        "firehose" => _chaos.Cloud.Firehose.CreateDeliveryStream(_name).Arn,
        "sqs" => _chaos.Cloud.Sqs.CreateQueue(_name).Arn,
        _ => _chaos.Lambda.Add(_name, _function),
    };
}
