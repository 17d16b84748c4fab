using System.Text;
using FanOut.Aws;
using FanOut.Aws.Protocols;
using FanOut.Engine.Events;

namespace FanOut.Engine.Transform;

/// <summary>Wraps payloads for <c>passthrough</c>: the shape that the original tool gave to a lambda target.</summary>
/// <remarks>
/// <code>{"key":"…","sequenceNumber":"…","subSequenceNumber":0,"data":"base64","size":12,"action":"PUT","source":"aws:kinesis","region":"eu-west-1"}</code>
/// </remarks>
/// <param name="payloads">The payloads.</param>
internal sealed class WritePassthrough(Payloads payloads)
{
    private readonly byte[] _region = RegionOf(payloads.Group.SourceArn.Split(':'));

    /// <summary>Replaces the data of payloads by the objects around it.</summary>
    /// <param name="first">The position of the first of them; all that follow it are replaced.</param>
    public void Replace(int first)
    {
        Arena arena = payloads.Arena;
        for (int i = first; i < payloads.Items.Count; i++)
        {
            Payload payload = payloads.Items[i];
            StreamRecord record = payloads.Group.Records[payload.Record];
            using var body = new RequestBody(payload.Data.Base64Length + payload.Key.Length + 256);
            Write(body, payloads.Group.Kind, record, payload, _region);
            arena.Begin(body.Length);
            arena.Write(body.Written);
            payloads.Items[i] = new Payload
            {
                Record = payload.Record,
                SubSequence = payload.SubSequence,
                IsSubRecord = payload.IsSubRecord,
                Key = payload.Key,
                ExplicitHashKey = payload.ExplicitHashKey,
                Data = new Blob(arena.Take(), false),
                IsJson = true,
                Texts = payload.Texts,
            };
        }
    }

    private static byte[] RegionOf(string[] arn) => Encoding.UTF8.GetBytes(arn.Length > 3 ? arn[3] : "");

    private static void Write(RequestBody body, SourceKind kind, in StreamRecord record, in Payload payload, ReadOnlySpan<byte> region)
    {
        body.Write("{\"key\":"u8);
        body.WriteJsonString(payload.Key.Span);
        body.Write(",\"sequenceNumber\":"u8);
        body.WriteJsonString(record.SequenceNumber.Span);
        body.Write(",\"subSequenceNumber\":"u8);
        body.WriteNumber(payload.SubSequence);
        body.Write(",\"data\":\""u8);
        body.WriteBase64(payload.Data);
        body.Write("\",\"size\":"u8);
        body.WriteNumber(payload.Data.Length);
        body.Write(",\"action\":\""u8);
        body.Write(kind switch
        {
            SourceKind.Kinesis => "PUT"u8,
            SourceKind.Sns => "NOTIFICATION"u8,
            _ => record.Change switch { ChangeKind.Insert => "INSERT"u8, ChangeKind.Modify => "MODIFY"u8, _ => "REMOVE"u8 },
        });
        body.Write("\",\"source\":\""u8);
        body.Write(kind switch { SourceKind.Kinesis => "aws:kinesis"u8, SourceKind.Sns => "aws:sns"u8, _ => "aws:dynamodb"u8 });
        body.Write("\",\"region\":\""u8);
        body.Write(region);
        body.Write("\"}"u8);
    }
}
