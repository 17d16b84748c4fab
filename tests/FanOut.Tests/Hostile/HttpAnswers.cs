using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace FanOut.Tests.Hostile;

/// <summary>What no service says: answers, heads and refusals without end, huge, or packed.</summary>
internal static class HttpAnswers
{
    public static IReadOnlyDictionary<string, Func<HostileAnswer, Task>> All { get; } = new Dictionary<string, Func<HostileAnswer, Task>>
    {
        ["endless"] = static a => AfterHead(a, "200 OK", "", "x"),
        ["endless JSON"] = static a => AfterHead(a, "200 OK", "", " {\"Records\":[{\"SequenceNumber\":\"1\"},"),
        ["endless chunks"] = static a => AfterHead(a, "200 OK", "Transfer-Encoding: chunked\r\n", "4\r\nxxxx\r\n"),
        ["endless size of a chunk"] = static a => AfterHead(a, "200 OK", "Transfer-Encoding: chunked\r\n", "0"),
        ["endless extension of a chunk"] = static a => AfterStart(a, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;", "x"),
        ["a length that is not meant"] = static a => AfterHead(a, "200 OK", "Content-Length: 9000000000\r\n", "x"),
        ["a length that is no number"] = static a => AfterHead(a, "200 OK", "Content-Length: 99999999999999999999\r\n", "x"),
        ["endless refusal"] = static a => AfterHead(a, "400 Bad Request", "x-amzn-ErrorType: Endless\r\n", "{\"message\":\"x"),
        ["endless failure"] = static a => AfterHead(a, "500 Internal Server Error", "", "x"),
        ["endless head"] = static a => AfterStart(a, "HTTP/1.1 200 OK\r\n", "X-Endless: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n"),
        ["endless header"] = static a => AfterStart(a, "HTTP/1.1 200 OK\r\nX-Endless: ", "x"),
        ["endless status"] = static a => AfterStart(a, "HTTP/1.1 200 ", "x"),
        ["endless line"] = static a => AfterStart(a, "", "x"),
        ["endless trailers"] = static a => AfterHead(a, "200 OK", "Transfer-Encoding: chunked\r\n\r\n0", "X-Trailer: x\r\n"),
        ["a huge error"] = static async a => await a.SendAsync(Response("400 Bad Request", "", $"{{\"__type\":\"ValidationException\",\"message\":\"{new string('m', 7_000_000)}\"}}")),
        ["a huge error in XML"] = static async a => await a.SendAsync(Response("400 Bad Request", "", $"<ErrorResponse><Error><Code>InvalidParameter</Code><Message>{new string('m', 7_000_000)}</Message></Error></ErrorResponse>")),
        ["a huge code"] = static async a => await a.SendAsync(Response("400 Bad Request", $"x-amzn-ErrorType: {new string('c', 50_000)}\r\nx-amzn-RequestId: {new string('r', 10_000)}\r\n", "{}")),
        ["a bomb"] = static async a =>
        {
            byte[] bomb = Bomb(64 * 1024 * 1024);
            await a.SendAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n");
            await a.SendAsync(bomb);
        },
        ["a redirection"] = static async a => await a.SendAsync(Response("307 Temporary Redirect", "Location: /again\r\n", "")),
        ["a redirection to elsewhere"] = static async a => await a.SendAsync(Response("301 Moved Permanently", "Location: http://127.0.0.1:1/\r\n", "")),
    };

    /// <summary>Whether an answer has a whole head with a status of success.</summary>
    public static bool Succeeds(string answer) => answer is "endless" or "endless JSON" or "endless chunks" or "endless size of a chunk" or "endless extension of a chunk"
        or "a length that is not meant" or "a length that is no number" or "endless trailers" or "a bomb";

    /// <summary>Waits for a request and takes it, as far as its length is told.</summary>
    public static async Task<string> ReceiveAsync(HostileAnswer answer)
    {
        var request = new StringBuilder();
        byte[] some = new byte[64 * 1024];
        while (true)
        {
            request.Append(Encoding.Latin1.GetString(some, 0, await answer.Stream.ReadAtLeastAsync(some, 1, throwOnEndOfStream: true, answer.Stopping)));
            string so = request.ToString();
            int head = so.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            Match length = Regex.Match(so, "Content-Length: ([0-9]+)", RegexOptions.IgnoreCase);
            if (head >= 0 && so.Length - head - 4 >= (length.Success ? int.Parse(length.Groups[1].Value, CultureInfo.InvariantCulture) : 0))
            {
                return so;
            }
        }
    }

    /// <summary>A whole answer.</summary>
    public static string Response(string status, string headers, string body) => $"HTTP/1.1 {status}\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}";

    private static Task AfterHead(HostileAnswer answer, string status, string headers, string endless) => AfterStart(answer, $"HTTP/1.1 {status}\r\n{headers}\r\n", endless);

    private static async Task AfterStart(HostileAnswer answer, string start, string endless)
    {
        await answer.SendAsync(start);
        await answer.SendForEverAsync(endless);
    }

    private static byte[] Bomb(int bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(new byte[bytes]);
        }

        return packed.ToArray();
    }
}
