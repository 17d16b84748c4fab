using System.Buffers;
using System.Text;
using System.Text.Json;
using FanOut.Errors;

namespace FanOut.DeadLetters;

/// <summary>A file of letters as they are, one JSON document a line. It appears under its name when it is whole.</summary>
internal sealed class LetterExport : IDisposable
{
    private readonly string _file;
    private readonly string _partial;
    private readonly FileStream _stream;

    /// <summary>Begins the file.</summary>
    /// <exception cref="FanOutException">FileNotWritten.</exception>
    public LetterExport(string file)
    {
        (_file, _partial) = (file, file + ".partial");
        try
        {
            _stream = new FileStream(_partial, FileMode.Create, FileAccess.Write, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw FanOutError.FileNotWritten(file, e, hasForce: false);
        }
    }

    /// <summary>Adds a letter.</summary>
    /// <exception cref="FanOutException">FileNotWritten.</exception>
    public void Write(FanOutDeadLetter letter)
    {
        try
        {
            _stream.Write(LineOf(letter.Body).Span);
            _stream.WriteByte((byte)'\n');
        }
        catch (IOException e)
        {
            throw FanOutError.FileNotWritten(_file, e, hasForce: false);
        }
    }

    /// <summary>Ends the file.</summary>
    /// <exception cref="FanOutException">FileNotWritten.</exception>
    public FileInfo End()
    {
        try
        {
            _stream.Dispose();
            File.Move(_partial, _file, overwrite: true);
            return new FileInfo(_file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FanOutError.FileNotWritten(_file, e, hasForce: false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        File.Delete(_partial);
    }

    // Lambda's reports may be laid out in lines. What is no JSON at all becomes one text in an object.
    private static ReadOnlyMemory<byte> LineOf(string body)
    {
        var line = new ArrayBufferWriter<byte>(body.Length + 64);
        using var json = new Utf8JsonWriter(line);
        try
        {
            using var document = JsonDocument.Parse(body, LetterData.Depth);
            if (!body.Contains('\n', StringComparison.Ordinal) && !body.Contains('\r', StringComparison.Ordinal))
            {
                return Encoding.UTF8.GetBytes(body);
            }

            document.RootElement.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteStartObject();
            json.WriteString("unreadable", body);
            json.WriteEndObject();
        }

        json.Flush();
        return line.WrittenMemory;
    }
}
