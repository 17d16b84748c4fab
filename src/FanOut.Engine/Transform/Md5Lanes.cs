using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace FanOut.Engine.Transform;

/// <summary>MD5 of several messages at a time, one in each lane of the processor's vectors.</summary>
/// <remarks>
/// Each step of MD5 needs the one before, so that a processor that hashes one message mostly waits. Sixteen beside each other take about four times as long as one.
/// <see href="https://www.rfc-editor.org/rfc/rfc1321"/>.
/// </remarks>
internal static class Md5Lanes
{
    /// <summary>The length of a digest.</summary>
    public const int DigestBytes = MD5.HashSizeInBytes;

    private const int BlockBytes = 64;
    private const int BlocksAtATime = 4;
    private const int BlockWords = BlockBytes / sizeof(uint);

    // A message ends with a one, zeros, and its length of 8 bytes: in its last block, or in one more.
    private const int TailBytes = 2 * BlockBytes;
    private const int LengthBytes = sizeof(ulong);

    /// <summary>How many messages fit beside each other.</summary>
    public static int Count => Vector512<uint>.Count;

    // The integer part of 2^32 times the sine of 1 to 64.
    private static ReadOnlySpan<uint> Sines =>
    [
        0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
        0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
        0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
        0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
        0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
        0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
        0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
        0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
    ];

    /// <summary>Hashes messages beside each other.</summary>
    /// <param name="messages">At most <see cref="Count"/> of them, of any length.</param>
    /// <param name="digests">Takes their digests, one behind the other.</param>
    public static void Hash(ReadOnlySpan<ReadOnlyMemory<byte>> messages, Span<byte> digests)
    {
        Span<byte> tails = stackalloc byte[Count * TailBytes];
        Span<int> blocks = stackalloc int[Count];
        int most = 0;
        for (int lane = 0; lane < messages.Length; lane++)
        {
            blocks[lane] = WriteTail(messages[lane].Span, TailOf(tails, lane));
            most = Math.Max(most, blocks[lane]);
        }

        // Lanes that have ended, or have no message, go on with what is there, and nobody looks at them any more.
        Span<uint> words = stackalloc uint[BlocksAtATime * BlockWords * Count];
        words.Clear();
        var state = LaneDigests.First;
        for (int block = 0; block < most; block++)
        {
            int nth = block % BlocksAtATime;
            for (int lane = 0; nth == 0 && lane < messages.Length; lane++)
            {
                Lay(messages[lane].Span, TailOf(tails, lane), block * BlockBytes, blocks[lane] * BlockBytes, words[lane..]);
            }

            state.Add(MemoryMarshal.Cast<uint, Vector512<uint>>(words.Slice(nth * BlockWords * Count, BlockWords * Count)));
            for (int lane = 0; lane < messages.Length; lane++)
            {
                if (block == blocks[lane] - 1)
                {
                    state.Write(lane, digests[(lane * DigestBytes)..]);
                }
            }
        }
    }

    private static Span<byte> TailOf(Span<byte> tails, int lane) => tails.Slice(lane * TailBytes, TailBytes);

    /// <summary>Writes what follows the whole blocks of a message; says how many blocks it has then.</summary>
    private static int WriteTail(ReadOnlySpan<byte> message, Span<byte> tail)
    {
        int whole = message.Length / BlockBytes;
        ReadOnlySpan<byte> rest = message[(whole * BlockBytes)..];
        int length = rest.Length + 1 + LengthBytes <= BlockBytes ? BlockBytes : TailBytes;
        tail.Clear();
        rest.CopyTo(tail);
        tail[rest.Length] = 0x80;
        BinaryPrimitives.WriteUInt64LittleEndian(tail[(length - LengthBytes)..], (ulong)message.Length * 8);
        return whole + (length / BlockBytes);
    }

    /// <summary>Puts the words of some blocks, of a message and of what follows it, where its lane has them.</summary>
    private static void Lay(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tail, int start, int end, Span<uint> words)
    {
        int whole = message.Length / BlockBytes * BlockBytes, stop = Math.Min(end, start + (BlocksAtATime * BlockBytes));
        if (start < whole)
        {
            Spread(message[start..Math.Min(stop, whole)], words);
        }

        int behind = Math.Max(start, whole);
        if (behind < stop)
        {
            Spread(tail[(behind - whole)..(stop - whole)], words[((behind - start) / sizeof(uint) * Count)..]);
        }
    }

    /// <summary>Puts words where a lane has them: each a vector behind the one before.</summary>
    private static void Spread(ReadOnlySpan<byte> bytes, Span<uint> words)
    {
        // In the order of the processor's bytes, which is that of MD5 wherever Lambda runs.
        ReadOnlySpan<uint> from = MemoryMarshal.Cast<byte, uint>(bytes);
        for (int i = 0; i < from.Length; i++)
        {
            words[i * Count] = from[i];
        }
    }

    /// <summary>The four words of each lane that become its digest.</summary>
    private struct LaneDigests
    {
        private Vector512<uint> _a;
        private Vector512<uint> _b;
        private Vector512<uint> _c;
        private Vector512<uint> _d;

        public static LaneDigests First => new() { _a = Vector512.Create(0x67452301u), _b = Vector512.Create(0xefcdab89u), _c = Vector512.Create(0x98badcfeu), _d = Vector512.Create(0x10325476u) };

        /// <summary>Adds a block of each lane: four rounds of sixteen steps.</summary>
        public void Add(ReadOnlySpan<Vector512<uint>> words)
        {
            (Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, Vector512<uint> d) = (_a, _b, _c, _d);
            words = words[..BlockWords];
            for (int i = 0; i < 16; i += 4)
            {
                a = Step(a, b, Choose(b, c, d), words[i], Sines[i], 7);
                d = Step(d, a, Choose(a, b, c), words[i + 1], Sines[i + 1], 12);
                c = Step(c, d, Choose(d, a, b), words[i + 2], Sines[i + 2], 17);
                b = Step(b, c, Choose(c, d, a), words[i + 3], Sines[i + 3], 22);
            }

            for (int i = 16; i < 32; i += 4)
            {
                a = Step(a, b, Choose(d, b, c), words[((5 * i) + 1) & 15], Sines[i], 5);
                d = Step(d, a, Choose(c, a, b), words[((5 * i) + 6) & 15], Sines[i + 1], 9);
                c = Step(c, d, Choose(b, d, a), words[((5 * i) + 11) & 15], Sines[i + 2], 14);
                b = Step(b, c, Choose(a, c, d), words[(5 * i) & 15], Sines[i + 3], 20);
            }

            for (int i = 32; i < 48; i += 4)
            {
                a = Step(a, b, c ^ d ^ b, words[((3 * i) + 5) & 15], Sines[i], 4);
                d = Step(d, a, b ^ c ^ a, words[((3 * i) + 8) & 15], Sines[i + 1], 11);
                c = Step(c, d, a ^ b ^ d, words[((3 * i) + 11) & 15], Sines[i + 2], 16);
                b = Step(b, c, d ^ a ^ c, words[((3 * i) + 14) & 15], Sines[i + 3], 23);
            }

            for (int i = 48; i < 64; i += 4)
            {
                a = Step(a, b, c ^ (b | ~d), words[(7 * i) & 15], Sines[i], 6);
                d = Step(d, a, b ^ (a | ~c), words[((7 * i) + 7) & 15], Sines[i + 1], 10);
                c = Step(c, d, a ^ (d | ~b), words[((7 * i) + 14) & 15], Sines[i + 2], 15);
                b = Step(b, c, d ^ (c | ~a), words[((7 * i) + 21) & 15], Sines[i + 3], 21);
            }

            _a += a;
            _b += b;
            _c += c;
            _d += d;
        }

        public readonly void Write(int lane, Span<byte> digest)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(digest, _a[lane]);
            BinaryPrimitives.WriteUInt32LittleEndian(digest[4..], _b[lane]);
            BinaryPrimitives.WriteUInt32LittleEndian(digest[8..], _c[lane]);
            BinaryPrimitives.WriteUInt32LittleEndian(digest[12..], _d[lane]);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<uint> Step(Vector512<uint> a, Vector512<uint> b, Vector512<uint> mixed, Vector512<uint> word, uint sine, int left)
        {
            // What the step before has made comes last: until then the rest is ready.
            Vector512<uint> sum = a + word + Vector512.Create(sine) + mixed;
            return b + ((sum << left) | (sum >>> (32 - left)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<uint> Choose(Vector512<uint> which, Vector512<uint> one, Vector512<uint> other) => Vector512.AndNot(other, which) | (one & which);
    }
}
