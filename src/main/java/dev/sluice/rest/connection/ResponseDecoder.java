package dev.sluice.rest.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The decoding of responses where real servers differ from what Vert.x expects: headers of some
 * size, a length that is given twice, and interim responses before the one that counts.
 */
public final class ResponseDecoder {
  public static final int MOST_HEADER_BYTES = 64 << 10;

  /** What Vert.x names the handlers of a connection. */
  private static final String CODEC = "codec";

  private static final int SWITCHING_PROTOCOLS = 101;

  private ResponseDecoder() {}

  /** Replaces the decoder of a connection before its first request. */
  public static void install(HttpConnection connection, int chunk) {
    if (connection instanceof ConnectionBase base) {
      ChannelPipeline pipeline = base.channel().pipeline();
      var settings =
          new HttpDecoderConfig()
              .setMaxHeaderSize(MOST_HEADER_BYTES)
              .setMaxChunkSize(chunk)
              .setAllowDuplicateContentLengths(true);
      pipeline.replace(CODEC, CODEC, new HttpClientCodec(settings, false, false));
      pipeline.addAfter(CODEC, "interim", new Interim());
    }
  }

  /** Passes over interim responses, such as 102 and 103. */
  private static final class Interim extends ChannelInboundHandlerAdapter {
    private boolean isPassedOver;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpResponse response) {
        isPassedOver =
            response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && response.status().code() != SWITCHING_PROTOCOLS;
      }
      if (!isPassedOver) {
        context.fireChannelRead(message);
        return;
      }
      ReferenceCountUtil.release(message);
      if (message instanceof LastHttpContent) {
        isPassedOver = false;
      }
    }
  }
}
