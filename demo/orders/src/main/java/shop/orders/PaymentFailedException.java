package shop.orders;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.BAD_GATEWAY)
class PaymentFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PaymentFailedException(long orderId, Throwable cause) {
    super("order " + orderId + " could not be charged", cause);
  }
}
