using System.Text;
using FanOut.Aws;
using FanOut.Aws.Protocols;

namespace FanOut.Benchmarks.Stages;

/// <summary>The ways in which 500 pieces of 1,000 bytes get into a request's body.</summary>
public class WriteBenchmarks
{
    private const int Records = 500;

    private byte[] _data = [];
    private byte[] _base64 = [];

    [GlobalSetup]
    public void MakeData()
    {
        _data = Encoding.UTF8.GetBytes($$"""{"id":"1","note":"{{new string('a', 970)}}","n":1}""");
        _base64 = Encoding.ASCII.GetBytes(Convert.ToBase64String(_data));
    }

    /// <summary>Kinesis → Kinesis, Firehose: the event's base64 as it came.</summary>
    [Benchmark]
    public int Base64AsItCame() => Write(static (body, data) => body.WriteBase64(new Blob(data, true)), _base64);

    /// <summary>What was made of a record, to Kinesis and Firehose.</summary>
    [Benchmark]
    public int Base64() => Write(static (body, data) => body.WriteBase64(new Blob(data, false)), _data);

    /// <summary>To SQS: JSON in a JSON string, with its quotes escaped.</summary>
    [Benchmark]
    public int JsonString() => Write(static (body, data) => body.WriteJsonString(data.Span), _data);

    /// <summary>To SNS: percent-encoded.</summary>
    [Benchmark]
    public int FormValue() => Write(static (body, data) => body.WriteFormValue(data.Span), _data);

    private static int Write(Action<RequestBody, ReadOnlyMemory<byte>> write, byte[] data)
    {
        using var body = new RequestBody(Records * (2 * data.Length));
        for (int i = 0; i < Records; i++)
        {
            write(body, data);
        }

        return body.Length;
    }
}
