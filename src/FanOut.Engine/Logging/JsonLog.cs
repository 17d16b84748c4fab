using System.Buffers;
using System.Text.Json;

namespace FanOut.Engine.Logging;

/// <summary>Structured logs: one JSON object per line. Never a payload, never a secret.</summary>
/// <param name="output">Where lines go; the function's standard output.</param>
/// <param name="least">The least important level that is written.</param>
/// <param name="time">The clock.</param>
public sealed class JsonLog(Stream output, LogLevel least, TimeProvider time)
{
    private readonly object _gate = new();
    private readonly ArrayBufferWriter<byte> _line = new(512);
    private readonly ArrayBufferWriter<byte> _held = new(512);
    private int _holders;

    /// <summary>The id of the invocation that lines belong to; empty outside of one.</summary>
    public string RequestId { get; set; } = "";

    /// <summary>Whether lines of a level are written.</summary>
    public bool Writes(LogLevel level) => level >= least;

    /// <summary>Holds lines back until the result is disposed of, and then writes them in one go: each write wakes whoever reads them.</summary>
    public IDisposable Hold()
    {
        lock (_gate)
        {
            _holders++;
        }

        return new Holder(this);
    }

    /// <summary>Writes a line.</summary>
    /// <param name="level">Its level.</param>
    /// <param name="message">What happened: a constant text, so that it can be searched for.</param>
    /// <param name="fields">Adds the details as JSON properties.</param>
    public void Write(LogLevel level, string message, Action<Utf8JsonWriter>? fields = null)
    {
        if (!Writes(level))
        {
            return;
        }

        lock (_gate)
        {
            _line.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(_line))
            {
                json.WriteStartObject();
                json.WriteString("time"u8, time.GetUtcNow().UtcDateTime);
                json.WriteString("level"u8, level switch { LogLevel.Debug => "debug"u8, LogLevel.Info or LogLevel.Asked => "info"u8, LogLevel.Warn => "warn"u8, LogLevel.Metric => "metric"u8, _ => "error"u8 });
                json.WriteString("message"u8, message);
                if (RequestId.Length > 0)
                {
                    json.WriteString("requestId"u8, RequestId);
                }

                fields?.Invoke(json);
                json.WriteEndObject();
            }

            _line.Write("\n"u8);
            _held.Write(_line.WrittenSpan);
            WriteHeld();
        }
    }

    private void WriteHeld()
    {
        if (_holders > 0 || _held.WrittenCount == 0)
        {
            return;
        }

        try
        {
            output.Write(_held.WrittenSpan);
            output.Flush();
        }
        finally
        {
            _held.ResetWrittenCount();
        }
    }

    private sealed class Holder(JsonLog log) : IDisposable
    {
        private bool _isDone;

        public void Dispose()
        {
            lock (log._gate)
            {
                if (!_isDone)
                {
                    _isDone = true;
                    log._holders--;
                    log.WriteHeld();
                }
            }
        }
    }
}
