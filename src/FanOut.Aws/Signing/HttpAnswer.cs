using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Signing;

/// <summary>An answer, read into a pooled buffer: all of it, but never more than a limit. Of one without success only the beginning, as its text is only shown to people.</summary>
internal sealed class HttpAnswer : WireAnswer, IDisposable
{
    // AWS's errors have a few hundred bytes, the error pages of proxies some thousand.
    private const int MostOfError = 64 * 1024;

    // Where the answer does not say how long it is.
    private const int Usual = 4 * 1024;

    private readonly HttpResponseMessage _response;
    private byte[] _buffer = [];
    private int _length;

    private HttpAnswer(HttpResponseMessage response) => _response = response;

    public override HttpStatusCode Status => _response.StatusCode;

    public override ReadOnlySpan<byte> Body => _buffer.AsSpan(0, _length);

    /// <summary>Whether the status is one of success.</summary>
    public bool IsSuccess => _response.IsSuccessStatusCode;

    /// <summary>Reads an answer.</summary>
    /// <param name="response">The answer, of which the headers are there; disposed of with the result, or when it cannot be read.</param>
    /// <param name="mostBytes">How many bytes one with success may have.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AnswerTooLargeException">It has more.</exception>
    public static async ValueTask<HttpAnswer> ReadAsync(HttpResponseMessage response, long mostBytes, CancellationToken cancellationToken)
    {
        var answer = new HttpAnswer(response);
        try
        {
            int most = answer.IsSuccess ? (int)mostBytes : MostOfError;
            if (answer.IsSuccess && response.Content.Headers.ContentLength > most)
            {
                throw new AnswerTooLargeException(mostBytes);
            }

            await answer.ReadBodyAsync(most, cancellationToken).ConfigureAwait(false);
            return answer.IsSuccess && answer._length > most ? throw new AnswerTooLargeException(mostBytes) : answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    public override string? Header(string name) => Value(_response.Headers.NonValidated, name) ?? Value(_response.Content.Headers.NonValidated, name);

    public void Dispose()
    {
        _response.Dispose();
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _length) = ([], 0);
        }
    }

    private static string? Value(HttpHeadersNonValidated headers, string name)
    {
        if (!headers.TryGetValues(name, out HeaderStringValues values))
        {
            return null;
        }

        foreach (string value in values)
        {
            return value;
        }

        return null;
    }

    // One byte more than may be, to see that there is more. The rest is not read: the connection ends with the answer.
    private async ValueTask ReadBodyAsync(int most, CancellationToken cancellationToken)
    {
        long? told = _response.Content.Headers.ContentLength;
        if (told == 0)
        {
            return;
        }

        Stream stream = await _response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(told ?? Usual, most + 1));
        while (true)
        {
            int wanted = (int)Math.Min(told ?? _buffer.Length, most + 1) - _length;
            int read = wanted > 0 ? await stream.ReadAsync(_buffer.AsMemory(_length, wanted), cancellationToken).ConfigureAwait(false) : 0;
            _length += read;
            if (read == 0 || _length > most || _length == told)
            {
                return;
            }

            if (_length == _buffer.Length)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Min(_length * 2, most + 1));
                Body.CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = larger;
            }
        }
    }
}
