package dev.sextant.api.tempo;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;
import dev.sextant.storage.otlp.ProtoWriter;
import java.io.IOException;

/** What an answer is written in. */
enum AnswerFormat {
  JSON {
    @Override
    HttpResponse answer(MessageWriter.Body body) {
      return JsonAnswer.ok(
          json -> {
            json.writeStartObject();
            body.write(new JsonMessageWriter(json));
            json.writeEndObject();
          });
    }
  },

  PROTOBUF {
    @Override
    HttpResponse answer(MessageWriter.Body body) throws IOException {
      ProtoWriter out = new ProtoWriter();
      body.write(new BytesMessageWriter(out));
      ResponseHeaders headers =
          ResponseHeaders.builder(HttpStatus.OK)
              .contentType(TYPE)
              .add("cache-control", "no-store")
              .add("x-content-type-options", "nosniff")
              .build();
      return HttpResponse.of(headers, HttpData.wrap(out.toByteArray()));
    }
  };

  static final MediaType TYPE = MediaType.create("application", "protobuf");

  /** As {@code Accept} wants it; JSON where it names none. */
  static AnswerFormat of(Params params) {
    return params.header("accept").contains("application/protobuf") ? PROTOBUF : JSON;
  }

  /** 200 with one message. */
  abstract HttpResponse answer(MessageWriter.Body body) throws IOException;
}
