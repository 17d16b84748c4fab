using System.Text.Json;
using FanOut.Errors;

namespace FanOut.Local.Replays;

/// <summary>
/// The file of a checkpoint. It is written beside itself and then takes its own place, so that there is a whole one at any time; and as long as a replay uses
/// it, no other one may.
/// </summary>
internal sealed class CheckpointFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock;
    private bool _isComplete;

    /// <summary>Takes the file for this replay.</summary>
    /// <exception cref="FanOutException">CheckpointInUse; FileNotWritten: it, or its folder, cannot be written to.</exception>
    public CheckpointFile(string path)
    {
        _path = path;
        try
        {
            // Not deleted when it is closed: who opens it in that moment would lock a file that is gone.
            _lock = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path + ".lock"))
        {
            throw FanOutError.CheckpointInUse(path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw FanOutError.CheckpointDenied(path, File.Exists(path + ".lock") || Directory.Exists(path + ".lock"), e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw FanOutError.FileNotWritten(path, e, hasForce: false);
        }
    }

    /// <summary>Reads it; null: there is none yet.</summary>
    /// <exception cref="FanOutException">CheckpointInvalid.</exception>
    public static ReplayCheckpoint? Read(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            ReplayCheckpoint? read = JsonSerializer.Deserialize(File.ReadAllText(path), CheckpointJson.Default.ReplayCheckpoint);
            return read is { Version: ReplayCheckpoint.CurrentVersion, SourceArn.Length: > 0 } ? read
                : throw FanOutError.CheckpointInvalid(path, read is { Version: > ReplayCheckpoint.CurrentVersion } ? $"it is of version {read.Version}, and this module reads version {ReplayCheckpoint.CurrentVersion}" : "it is no checkpoint of a replay");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw FanOutError.CheckpointInvalid(path, e.Message);
        }
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="FanOutException">FileNotWritten.</exception>
    public void Write(ReplayCheckpoint checkpoint)
    {
        string partial = _path + ".partial";
        try
        {
            // Not FileShare.None, whose lock a process that is being started at this moment may hold longer than we; who else writes is kept off by the file's own lock.
            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.Read))
            {
                JsonSerializer.Serialize(stream, checkpoint, CheckpointJson.Default.ReplayCheckpoint);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, _path, overwrite: true);
            _isComplete = checkpoint.IsComplete;
        }
        catch (UnauthorizedAccessException e)
        {
            throw FanOutError.CheckpointDenied(_path, isOfReplay: false, e);
        }
        catch (IOException e)
        {
            throw FanOutError.FileNotWritten(_path, e, hasForce: false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        if (!_isComplete)
        {
            return;
        }

        try
        {
            // Whoever has opened it by now finds that nothing is left to do.
            File.Delete(_path + ".lock");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way.
        }
    }
}
